import { isObject, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { type FieldError, fieldError } from '../status.ts';

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_1035 = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const QUALIFIED =
  /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

const SUBDOMAIN_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_WORDS =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const LABEL_1035_WORDS =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
export const LABEL_VALUE_WORDS =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const QUALIFIED_WORDS =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

const LABEL_NAMES = new Set(['/namespaces']);
const LABEL_1035_NAMES = new Set(['/services']);
const PATH_NAMES = new Set(['rbac.authorization.k8s.io']);

/** What is wrong with a DNS label, or undefined. */
export const labelNameError = (name: string): string | undefined => (LABEL.test(name) ? undefined : LABEL_WORDS);

function nameProblem(storage: string, name: string): string | undefined {
  if (PATH_NAMES.has(storage.split('/')[0] ?? ''))
    return /[/%]/.test(name) || name === '.' || name === '..' ? "may not contain '/' or '%'" : undefined;
  if (LABEL_NAMES.has(storage)) return LABEL.test(name) ? undefined : LABEL_WORDS;
  if (LABEL_1035_NAMES.has(storage)) return LABEL_1035.test(name) ? undefined : LABEL_1035_WORDS;
  if (name.length > 253) return 'must be no more than 253 bytes';
  return SUBDOMAIN.test(name) ? undefined : SUBDOMAIN_WORDS;
}

/** Labels (or a selector's labels) at a path. */
export function labelErrors(labels: unknown, path: string): FieldError[] {
  if (!isObject(labels)) return [];
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(labels)) {
    if (!QUALIFIED.test(key)) errors.push(fieldError('FieldValueInvalid', path, { value: key, why: QUALIFIED_WORDS }));
    if (typeof value !== 'string' || LABEL_VALUE.test(value)) continue;
    const why = value.length > 63 ? 'must be no more than 63 bytes' : LABEL_VALUE_WORDS;
    errors.push(fieldError('FieldValueInvalid', path, { value, why }));
  }
  return errors;
}

const ANNOTATIONS_LIMIT = 256 * 1024;

/** Names, labels, annotations, finalizers and owners of an object about to be stored. */
export function metadataErrors(storage: string, object: JsonObject): FieldError[] {
  const metadata = objectAt(object, 'metadata');
  const name = textAt(metadata, 'name');
  const errors: FieldError[] = [];
  if (name === '')
    errors.push(fieldError('FieldValueRequired', 'metadata.name', { why: 'name or generateName is required' }));
  else {
    const why = nameProblem(storage, name);
    if (why !== undefined) errors.push(fieldError('FieldValueInvalid', 'metadata.name', { value: name, why }));
  }
  errors.push(...labelErrors(metadata['labels'], 'metadata.labels'));
  let size = 0;
  for (const [key, value] of Object.entries(objectAt(metadata, 'annotations'))) {
    size += key.length + (typeof value === 'string' ? value.length : 0);
    if (!QUALIFIED.test(key.toLowerCase())) {
      errors.push(fieldError('FieldValueInvalid', 'metadata.annotations', { value: key, why: QUALIFIED_WORDS }));
    }
  }
  if (size > ANNOTATIONS_LIMIT) {
    errors.push(
      fieldError('FieldValueTooLong', 'metadata.annotations', {
        why: `may not be more than ${ANNOTATIONS_LIMIT} bytes`,
      }),
    );
  }
  return [...errors, ...finalizerErrors(metadata), ...ownerErrors(metadata)];
}

const CORE_FINALIZERS = new Set(['foregroundDeletion', 'orphan', 'kubernetes']);

function finalizerErrors(metadata: JsonObject): FieldError[] {
  const list = metadata['finalizers'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((value, index) => {
    if (typeof value === 'string' && QUALIFIED.test(value) && (value.includes('/') || CORE_FINALIZERS.has(value)))
      return [];
    const why =
      typeof value === 'string' && QUALIFIED.test(value)
        ? 'name is neither a standard finalizer name nor is it fully qualified'
        : QUALIFIED_WORDS;
    return [
      fieldError(
        'FieldValueInvalid',
        typeof value === 'string' && QUALIFIED.test(value) ? `metadata.finalizers[${index}]` : 'metadata.finalizers',
        { value, why },
      ),
    ];
  });
}

function ownerErrors(metadata: JsonObject): FieldError[] {
  const owners = metadata['ownerReferences'];
  if (!Array.isArray(owners)) return [];
  const errors: FieldError[] = [];
  let controllers = 0;
  for (const [index, owner] of owners.entries()) {
    for (const field of ['apiVersion', 'kind', 'name', 'uid']) {
      if (textAt(owner, field) !== '') continue;
      errors.push(
        fieldError('FieldValueInvalid', `metadata.ownerReferences[${index}].${field}`, {
          value: '',
          why: 'must not be empty',
        }),
      );
    }
    if (isObject(owner) && owner['controller'] === true) controllers += 1;
  }
  if (controllers > 1) {
    errors.push(
      fieldError('FieldValueInvalid', 'metadata.ownerReferences', {
        why: 'Only one reference can have Controller set to true',
      }),
    );
  }
  return errors;
}
