// What a synthesized app says about its images: which stands on which, with which component documents, and which assets these read.
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { run } from './run.mjs';

/**
 * The images in the order in which they can be built, each with its documents in the order of its recipe; those that are too long for a
 * template are read from the folders that stand for their buckets.
 */
export function imagesOf(assembly, stack, buckets) {
  const { Resources: resources } = JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), 'utf8'));
  const recipes = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::ImageBuilder::ImageRecipe');
  const images = recipes.map(([, { Properties }]) => ({
    name: Properties.Name,
    parent: text(Properties.ParentImage),
    components: Properties.Components.map(({ ComponentArn, Parameters = [] }) => ({
      ...componentOf(ComponentArn, resources, new Map(buckets)),
      parameters: Parameters.map(({ Name, Value }) => `${Name}=${Value[0]}`),
    })),
  }));
  return inOrder(images);
}

function componentOf(arn, resources, buckets) {
  const component = resources[arn['Fn::GetAtt']?.[0] ?? arn.Ref];
  // What Amazon maintains is not here.
  if (!component) return { name: text(arn) };
  const { Name: name, Data: data, Uri: uri } = component.Properties;
  if (data) return { name, document: text(data) };
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(text(uri));
  return { name, document: readFileSync(join(buckets.get(bucket), key), 'utf8') };
}

/** A recipe names its parent by the parameter of a channel, in whose path the name of the image stands. */
function inOrder(images) {
  const parentOf = ({ parent, name }) => images.find((each) => each.name !== name && parent.includes(`/${shortName(each.name)}/`));
  const ordered = [];
  const add = (image) => {
    const parent = parentOf(image);
    if (parent && !ordered.some(({ name }) => name === parent.name)) add(parent);
    if (!ordered.some(({ name }) => name === image.name)) ordered.push({ ...image, standsOn: parent?.name });
  };
  images.forEach(add);
  return ordered;
}

const shortName = (name) => name.split('--').at(-1);

/** Texts of which only the partition and the like are known later. */
function text(value) {
  if (typeof value === 'string') return value.replace(/\$\{AWS::Partition\}/g, 'aws');
  const known = { 'AWS::Partition': 'aws', 'AWS::AccountId': '111122223333', 'AWS::Region': 'eu-central-1' };
  if (value['Fn::Join']) return value['Fn::Join'][1].map(text).join(value['Fn::Join'][0]);
  if (value['Fn::Sub']) return value['Fn::Sub'].replace(/\$\{([^}]+)\}/g, (all, name) => known[name] ?? all);
  return known[value.Ref] ?? JSON.stringify(value);
}

/** Puts the assets into folders that stand for their buckets, as `cdk deploy` would publish them. */
export function publishAssets(assembly, stack, folder) {
  const { files } = JSON.parse(readFileSync(join(assembly, `${stack}.assets.json`), 'utf8'));
  const buckets = new Map();
  for (const { source, destinations } of Object.values(files)) {
    for (const { bucketName, objectKey } of Object.values(destinations)) {
      buckets.set(bucketName, join(folder, bucketName));
      publish(join(assembly, source.path), source.packaging, resolve(folder, bucketName, objectKey));
    }
  }
  return [...buckets];
}

function publish(source, packaging, target) {
  if (statSync(target, { throwIfNoEntry: false })) return;
  mkdirSync(dirname(target), { recursive: true });
  if (packaging === 'zip') run('zip', ['-q', '-r', target, '.'], { cwd: source });
  else cpSync(source, target);
}
