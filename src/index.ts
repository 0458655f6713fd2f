import * as catalog from './catalog';
import * as component from './component';
import * as controlPlane from './control-plane';
import * as fleet from './fleet';
import * as image from './image';
import * as packer from './packer';
import * as platform from './platform';
import { installDoors } from './private/doors';
import * as release from './release';

export * from './catalog';
export * from './component';
export * from './control-plane';
export * from './fleet';
export * from './image';
export * from './packer';
export * from './platform';
export * from './release';

installDoors({ ...catalog, ...component, ...controlPlane, ...fleet, ...image, ...packer, ...platform, ...release });
