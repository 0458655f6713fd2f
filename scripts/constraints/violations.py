"""Reads {signing name: [operation, ...]} and writes calls that break one constraint of botocore's service models each.

Independent of what the local AWS was told: values are made and checked here, from the models alone.
"""
import json
import re
import sys

import botocore.session

BOTOCORE_NAMES = {'monitoring': 'cloudwatch', 'elasticloadbalancing': 'elbv2'}
CANDIDATES = ['!', '?*', '\u0001', ' ', '', '%%%', 'é', 'x', '\\', '<>', '{}', ':', '/']


def plain(shape, depth=0):
    """A value that has the type of the shape; as right as it can be made without a solver for patterns."""
    kind = shape.type_name
    if kind == 'structure':
        return {name: plain(shape.members[name], depth + 1) for name in shape.required_members} if depth < 8 else {}
    if kind == 'list':
        return [plain(shape.member, depth + 1)] if shape.metadata.get('min', 0) and depth < 8 else []
    if kind == 'map':
        return {}
    if kind == 'string':
        return (shape.metadata.get('enum') or ['a' * max(1, shape.metadata.get('min', 1))])[0]
    if kind in ('integer', 'long', 'float', 'double'):
        return shape.metadata.get('min', 1)
    return {'boolean': False, 'timestamp': 0, 'blob': ''}[kind]


def outside(pattern):
    try:
        expression = re.compile(pattern)
    except re.error:
        return None
    return next((text for text in CANDIDATES if text and not expression.fullmatch(text)), None)


def wrong(shape):
    """(constraint, value) of one value for each constraint of the shape."""
    meta, kind = shape.metadata, shape.type_name
    if kind == 'string':
        if meta.get('enum'):
            yield 'enum' if len(meta['enum']) <= 120 else 'enum, left out for its size', 'no-such-value'
        if meta.get('pattern'):
            value = outside(meta['pattern'])
            if value is not None:
                yield 'pattern', value
        if 'max' in meta and meta['max'] < 20000:
            yield 'max', 'a' * (meta['max'] + 1)
    elif kind in ('integer', 'long', 'float', 'double'):
        if 'min' in meta:
            yield 'min', meta['min'] - 1
        if 'max' in meta and meta['max'] < 2**31 - 1:
            yield 'max', meta['max'] + 1
    elif kind == 'list' and 'max' in meta and meta['max'] < 1000:
        yield 'max', [plain(shape.member)] * (meta['max'] + 1)


def places(shape, seen=()):
    """(path, put) of every value under a structure; `put(value)` gives the whole structure with the value in it."""
    for name, member in shape.members.items():
        base = {key: value for key, value in plain(shape).items() if key != name}
        yield from inside(member, name, lambda value, name=name, base=base: {**base, name: value}, seen)


def inside(shape, path, put, seen):
    yield path, shape, put
    if shape.type_name == 'list':
        yield from inside(shape.member, path, lambda value: put([value]), seen)
    if shape.type_name == 'structure' and shape.name not in seen:
        for inner, of, wrap in places(shape, (*seen, shape.name)):
            yield f'{path}.{inner}', of, lambda value, wrap=wrap: put(wrap(value))


def main():
    session = botocore.session.get_session()
    for signing_name, operations in json.load(sys.stdin).items():
        model = session.get_service_model(BOTOCORE_NAMES.get(signing_name, signing_name))
        for operation in operations:
            if operation not in model.operation_names or model.operation_model(operation).input_shape is None:
                continue
            for path, shape, put in places(model.operation_model(operation).input_shape):
                for constraint, value in wrong(shape):
                    print(json.dumps({'service': signing_name, 'operation': operation, 'path': path, 'constraint': constraint, 'input': put(value)}))


main()
