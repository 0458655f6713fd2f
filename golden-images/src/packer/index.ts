export { explain } from './explain/explain';
export { explanation } from './explain/table';
export { importTemplate } from './import/import-template';
export { PARENT_FORM, parentOf } from './parent';
export { TemplateError } from '../../../src/packer/template/error';
