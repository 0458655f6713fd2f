"""Reads {signing name: [operation, ...]} and writes calls that break one constraint of botocore's service models each.

Independent of what the local AWS was told: values are made and checked here, from the models alone.
"""
import json
import re
import sys

from models import constraints, model_of

CANDIDATES = ['!', '?*', '\u0001', ' ', '', '%%%', 'é', 'x', '\\', '<>', '{}', ':', '/']
NUMBERS = ('integer', 'long', 'float', 'double')


def plain(shape, depth=0):
    """A value that has the type of the shape; as right as it can be made without a solver for patterns."""
    kind = shape.type_name
    if kind == 'structure':
        # Protocols that write requests as pairs cannot say that a structure is empty.
        names = shape.required_members or list(shape.members)[:1]
        return {name: plain(shape.members[name], depth + 1) for name in names} if depth < 8 else {}
    if kind == 'list':
        return [plain(shape.member, depth + 1)] if shape.metadata.get('min', 0) and depth < 8 else []
    if kind == 'map':
        return {}
    if kind == 'string':
        return (shape.metadata.get('enum') or ['a' * max(1, shape.metadata.get('min', 1))])[0]
    if kind in NUMBERS:
        return shape.metadata.get('min', 1)
    return {'boolean': False, 'timestamp': 0, 'blob': ''}[kind]


def outside(pattern):
    try:
        expression = re.compile(pattern)
    except re.error:
        return None
    return next((text for text in CANDIDATES if text and not expression.fullmatch(text)), None)


def wrong(shape, found):
    """(constraint, value) of one value for each constraint of the shape."""
    kind = shape.type_name
    if 'enum' in found:
        yield 'enum', 'no-such-value'
    if 'pattern' in found:
        value = outside(found['pattern'])
        if value is not None:
            yield 'pattern', value
    if kind in NUMBERS:
        if 'min' in found:
            yield 'min', found['min'] - 1
        if 'max' in found and found['max'] < 2**31 - 1:
            yield 'max', found['max'] + 1
        return
    if found.get('min'):
        yield 'min', small(shape, found['min'] - 1)
    if 'max' in found and found['max'] < (20000 if kind == 'string' else 1000):
        value = small(shape, found['max'] + 1)
        if value is not None:
            yield 'max', value


def small(shape, size):
    """A value of a size."""
    kind = shape.type_name
    if kind == 'string':
        return 'a' * size
    if kind == 'list':
        return [plain(shape.member)] * size
    if kind == 'map':
        return {f'key{index}': plain(shape.value) for index in range(size)}
    return None


def places(shape, seen=()):
    """(path, put) of every value under a structure; `put(value)` gives the whole structure with the value in it."""
    for name, member in shape.members.items():
        base = {key: value for key, value in plain(shape).items() if key != name}
        yield from inside(member, name, lambda value, name=name, base=base: {**base, name: value}, seen)


def inside(shape, path, put, seen):
    yield path, shape, put
    if shape.type_name == 'list':
        yield from inside(shape.member, path, lambda value: put([value]), seen)
    if shape.type_name == 'map':
        yield path, shape.key, lambda key: put({key: plain(shape.value)})
        yield from inside(shape.value, path, lambda value: put({plain(shape.key): value}), seen)
    if shape.type_name == 'structure' and shape.name not in seen:
        for inner, of, wrap in places(shape, (*seen, shape.name)):
            yield f'{path}.{inner}', of, lambda value, wrap=wrap: put(wrap(value))


def main():
    for signing_name, operations in json.load(sys.stdin).items():
        model = model_of(signing_name)
        for operation in operations:
            if operation not in model.operation_names or model.operation_model(operation).input_shape is None:
                continue
            for path, shape, put in places(model.operation_model(operation).input_shape):
                found, left_out = constraints(signing_name, shape)
                call = {'service': signing_name, 'operation': operation, 'path': path}
                for constraint, why in left_out.items():
                    print(json.dumps({**call, 'constraint': constraint, 'unsent': f'left out: {why}'}))
                for constraint, value in wrong(shape, found):
                    if value == '' and shape.serialization.get('location') == 'uri':
                        print(json.dumps({**call, 'constraint': constraint, 'unsent': 'an empty label makes the path of another operation'}))
                    elif value is not None:
                        print(json.dumps({**call, 'kind': shape.type_name, 'constraint': constraint, 'input': put(value)}))


main()
