"""The service models of botocore, under the names by which requests are signed, and what is known to be wrong in them."""
import json
from pathlib import Path

import botocore.session

# Where botocore calls a service otherwise than the credential scope of its requests does.
BOTOCORE_NAMES = {'monitoring': 'cloudwatch', 'elasticloadbalancing': 'elbv2'}
LARGEST_ENUMERATION = 120
EXCEPTIONS = json.loads((Path(__file__).parent / 'exceptions.json').read_text())

_session = botocore.session.get_session()


def model_of(signing_name):
    return _session.get_service_model(BOTOCORE_NAMES.get(signing_name, signing_name))


def constraints(signing_name, shape):
    """(what is enforced, why some is not) of a shape itself."""
    found = {key: shape.metadata[key] for key in ('pattern', 'min', 'max', 'enum') if shape.metadata.get(key) not in (None, [])}
    left_out = {}
    if found.get('pattern') in ('.*', '^.*$', '[\\s\\S]*'):
        del found['pattern']
    if len(found.get('enum', ())) > LARGEST_ENUMERATION:
        left_out['enum'] = 'for its size'
    for row in EXCEPTIONS:
        if row['service'] == signing_name and row['shape'] == shape.name and row['constraint'] in found:
            left_out[row['constraint']] = row['why']
    return {key: value for key, value in found.items() if key not in left_out}, left_out
