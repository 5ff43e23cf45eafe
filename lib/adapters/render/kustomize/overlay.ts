import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import type { RenderOptions } from '#lib/ports/renderer.ts';

type KustomizeOptions = NonNullable<RenderOptions['kustomize']>;

/** Whether anything is asked for that the application's own kustomization does not say. */
export function needsOverlay(options: KustomizeOptions | undefined): options is KustomizeOptions {
  if (options === undefined) return false;
  const { namePrefix = '', nameSuffix = '', namespace = '' } = options;
  const lists = [options.images, options.replicas, options.patches, options.components];
  const maps = [options.commonLabels, options.commonAnnotations];
  return (
    [namePrefix, nameSuffix, namespace].some((text) => text !== '') ||
    lists.some((list) => (list ?? []).length > 0) ||
    maps.some((map) => Object.keys(map ?? {}).length > 0)
  );
}

/**
 * Writes a kustomization on top of the checkout (which stays untouched) into a private folder; answers that folder.
 * A prefix or suffix comes around the application's own; `renamed` lets an image be named as the application does.
 */
export async function writeOverlay(
  scratch: string,
  base: string,
  options: KustomizeOptions & { renamed: Record<string, string>; componentFolders: readonly string[] },
): Promise<string> {
  const folder = join(await realpath(scratch), 'overlay');
  await mkdir(folder, { mode: 0o700 });
  const { namePrefix = '', nameSuffix = '', images = [], namespace = '' } = options;
  const { replicas = [], patches = [], commonAnnotations = {} } = options;
  const components = await Promise.all(
    options.componentFolders.map(async (component) => relative(folder, await realpath(component))),
  );
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [relative(folder, await realpath(base))],
    ...(namePrefix === '' ? {} : { namePrefix }),
    ...(nameSuffix === '' ? {} : { nameSuffix }),
    ...(images.length === 0 ? {} : { images: images.flatMap((image) => imagesOf(image, options.renamed)) }),
    ...(namespace === '' ? {} : { namespace }),
    ...(components.length === 0 ? {} : { components }),
    ...(replicas.length === 0 ? {} : { replicas }),
    ...(patches.length === 0 ? {} : { patches }),
    ...(Object.keys(commonAnnotations).length === 0 ? {} : { commonAnnotations }),
    ...labelsOf(options),
  };
  await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
  return folder;
}

function labelsOf(options: KustomizeOptions): { labels?: object[] } {
  const { commonLabels = {}, labelWithoutSelector = false, labelIncludeTemplates = false } = options;
  if (Object.keys(commonLabels).length === 0) return {};
  const includeSelectors = !labelWithoutSelector;
  return {
    labels: [{ pairs: commonLabels, includeSelectors, includeTemplates: includeSelectors || labelIncludeTemplates }],
  };
}

/** On top of the application its images already carry their new names, so the override is written for both. */
function imagesOf(text: string, renamed: Record<string, string>): ImageOverride[] {
  const image = imageOf(text);
  const known = Object.hasOwn(renamed, image.name) ? renamed[image.name] : undefined;
  return known === undefined || known === image.name ? [image] : [image, { ...image, name: known }];
}

export interface ImageOverride {
  name: string;
  newName?: string;
  newTag?: string;
  digest?: string;
}

/** The forms of `kustomize edit set image`: `name:tag`, `name@digest`, `name=newName`, `name=newName:tag`, `name=newName@digest`. */
export function imageOf(text: string): ImageOverride {
  const equals = text.indexOf('=');
  const target = equals < 0 ? text : text.slice(equals + 1);
  const [path = '', digest] = target.split('@');
  const colon = path.lastIndexOf(':');
  const hasTag = colon > path.lastIndexOf('/');
  const image = hasTag ? path.slice(0, colon) : path;
  const name = equals < 0 ? image : text.slice(0, equals);
  return {
    name,
    ...(equals < 0 || image === name ? {} : { newName: image }),
    ...(hasTag ? { newTag: path.slice(colon + 1) } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}
