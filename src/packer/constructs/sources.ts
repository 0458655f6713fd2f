import { StagedFolder } from './staged-folder';
import { Source } from '../../component/source';
import type { SourcePlan } from '../plan';

export function toSource(plan: SourcePlan): Source {
  switch (plan.kind) {
    case 'asset': return Source.asset(plan.path);
    case 'text': return Source.text(plan.fileName, plan.text);
    case 'staged': return new StagedFolder(plan.name, plan.files);
  }
}
