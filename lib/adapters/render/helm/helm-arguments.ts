import { RenderError, type RenderOptions } from '#lib/ports/renderer.ts';

type HelmOptions = NonNullable<RenderOptions['helm']>;

const RELEASE = /^[a-z0-9]([a-z0-9.-]{0,51}[a-z0-9])?$/;
const KUBE_VERSION = /^v?\d+(\.\d+){1,2}([-+][\w.+-]+)?$/;
const API_VERSION = /^[\w.-]+(\/[\w.-]+){0,2}$/;

/** Arguments of `helm template`, in helm's order of precedence: value files, then inline values, then parameters, then those from files. */
export function helmArguments(
  options: HelmOptions,
  chart: {
    folder: string;
    release: string;
    namespace: string;
    valueFiles: string[];
    fileParameters: { name: string; file: string }[];
  },
): string[] {
  const release = options.releaseName ?? chart.release;
  if (!RELEASE.test(release)) {
    throw new RenderError(
      'template',
      `"${release}" cannot be a Helm release name: at most 53 of a-z, 0-9, "-" and ".". Set helm.releaseName.`,
    );
  }
  return [
    'template',
    release,
    chart.folder,
    '--skip-tests',
    ...(chart.namespace === '' ? [] : ['--namespace', chart.namespace]),
    ...(options.skipCrds === true ? ['--skip-crds'] : ['--include-crds']),
    ...chart.valueFiles.flatMap((file) => ['--values', file]),
    ...(options.parameters ?? []).flatMap(parameterArguments),
    ...chart.fileParameters.flatMap(({ name, file }) => ['--set-file', `${name}=${file}`]),
    ...(options.skipSchemaValidation === true ? ['--skip-schema-validation'] : []),
    ...(options.kubeVersion === undefined ? [] : ['--kube-version', checked(options.kubeVersion, KUBE_VERSION)]),
    ...(options.apiVersions ?? []).flatMap((version) => ['--api-versions', checked(version, API_VERSION)]),
  ];
}

function parameterArguments(parameter: { name: string; value: string; forceString?: boolean }): string[] {
  const flag = parameter.forceString === true ? '--set-string' : '--set';
  return [flag, `${parameter.name}=${escapeCommas(parameter.value)}`];
}

/** A comma would start the next assignment; a list in braces keeps its commas. */
function escapeCommas(value: string): string {
  if (value.startsWith('{') && value.endsWith('}')) return value;
  return value.replace(/(?<!\\),/g, String.raw`\,`);
}

function checked(value: string, form: RegExp): string {
  if (form.test(value)) return value;
  throw new RenderError('template', `"${value.slice(0, 100)}" is not a version that helm understands.`);
}
