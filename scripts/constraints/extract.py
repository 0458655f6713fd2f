"""Reads {signing name: [operation, ...]} and writes what botocore's service models demand of their inputs.

Shapes are kept once, by name; the members of a structure refer to them. Enumerations of more than 120 values (instance types) are left out:
they grow by the week and would refuse what is right. So is what exceptions.json names.
"""
import json
import sys

import botocore

from models import constraints, model_of


class Service:
    def __init__(self, signing_name):
        self.signing_name = signing_name
        self.model = model_of(signing_name)
        self.operations = {}
        self.shapes = {}
        self.structures = {}

    def add(self, name):
        shape = self.model.operation_model(name).input_shape
        if shape is not None:
            self.operations[name] = shape.name
            self.visit(shape)

    def visit(self, shape):
        """The name under which the constraints of a value of this shape stand, or None when there are none."""
        if shape.type_name == 'structure':
            self.visit_structure(shape)
            return shape.name
        found, _ = constraints(self.signing_name, shape)
        if shape.type_name == 'list':
            item = self.visit(shape.member)
            if item:
                found['item'] = item
        if shape.type_name == 'map':
            for side in ('key', 'value'):
                of = self.visit(getattr(shape, side))
                if of:
                    found[side] = of
        if not found:
            return None
        self.shapes[shape.name] = {'type': shape.type_name, **found}
        return shape.name

    def visit_structure(self, shape):
        if shape.name in self.structures:
            return
        members = self.structures[shape.name] = {}
        for name, member in shape.members.items():
            constrained = self.visit(member)
            if constrained:
                members[name] = constrained

    def prune(self):
        """Leaves out what leads to no constraint in the end."""
        def useful(name):
            return name in self.shapes or self.structures.get(name)
        while True:
            empty = [(members, name) for members in self.structures.values() for name, of in members.items() if not useful(of)]
            lists = [name for name, shape in self.shapes.items()
                     if set(shape) <= {'type', 'item', 'key', 'value'} and not any(useful(shape[side]) for side in ('item', 'key', 'value') if side in shape)]
            if not empty and not lists:
                return
            for members, name in empty:
                del members[name]
            for name in lists:
                del self.shapes[name]

    def result(self):
        self.prune()
        structures = {name: members for name, members in sorted(self.structures.items()) if members}
        operations = {name: shape for name, shape in sorted(self.operations.items()) if shape in structures}
        return {'operations': operations, 'shapes': dict(sorted(self.shapes.items())), 'structures': structures}


def main():
    services = {}
    for signing_name, operations in sorted(json.load(sys.stdin).items()):
        service = Service(signing_name)
        for operation in sorted(operations):
            if operation in service.model.operation_names:
                service.add(operation)
        services[signing_name] = service.result()
    json.dump({'source': 'botocore ' + botocore.__version__, 'services': services}, sys.stdout, ensure_ascii=True, separators=(',', ':'))


main()
