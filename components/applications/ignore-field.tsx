import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import type { DriftView } from '#lib/contracts/drift.ts';
import { api } from '#lib/client/api.ts';
import { ask } from '#lib/client/ask.ts';
import { parseObjectKey } from '#lib/domain/resource/manifest.ts';
import { useSession, useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { useForm } from '#components/shell/use-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { ExpiryFields, expiryOf } from '#components/ui/expiry.tsx';
import { AreaField, CheckField, SelectField } from '#components/ui/field.tsx';
import { Failure } from '#components/ui/states.tsx';
import { useNow } from '#components/ui/time.tsx';
import { applicationQuery } from './queries.ts';

type Rule = ApplicationView['ignoreRules'][number];

/** The way to a rule that leaves one drifted field to whoever changed it. */
export function IgnoreField({ application, drift }: { application: string; drift: DriftView }) {
  const [open, setOpen] = useState(false);
  if (drift.path === '') return null;
  return (
    <>
      {drift.culprit === 'controller' && (
        <span className="block">
          {drift.manager ?? 'A controller'} sets this field by itself: leave it out of Git, or ignore it.{' '}
        </span>
      )}
      <Button size="small" aria-label={`Ignore this field… ${drift.path}`} onClick={() => setOpen(true)}>
        Ignore this field…
      </Button>
      {open && <IgnoreDialog application={application} drift={drift} onClose={() => setOpen(false)} />}
    </>
  );
}

interface DialogProps {
  application: string;
  drift: DriftView;
  onClose: () => void;
}

function IgnoreDialog({ application, drift, onClose }: DialogProps) {
  const form = useForm();
  const now = useNow();
  const whyNot = useWhyNot();
  const me = useSession();
  const declared = useQuery(applicationQuery(application));
  const projects = useQuery(ask('listProjects'));
  const [scope, setScope] = useState('application');
  const [reason, setReason] = useState('');
  const [ends, setEnds] = useState(true);
  const [expiry, setExpiry] = useState('168');
  const [custom, setCustom] = useState('');
  const expiresAt = ends ? expiryOf({ choice: expiry, custom, now }) : null;
  const project = projects.data?.items.find(({ id }) => id === declared.data?.projectId);
  const save = () =>
    form.run(async () => {
      const rule = ruleOf(drift, scope, { owner: me.user.name, reason: reason.trim(), expiresAt });
      if (scope === 'project' && project !== undefined) {
        const ignoreRules = [...project.ignoreRules, rule];
        await api('updateProject', { params: { id: project.id }, body: { ignoreRules } });
      } else if (declared.data !== undefined) {
        const { version, ignoreRules } = declared.data;
        const body = { version, ignoreRules: [...ignoreRules, rule] };
        await api('updateApplication', { params: { id: application }, body });
      }
      announce(`${drift.path} is ignored from now on`);
      onClose();
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title={`Ignore ${drift.path}`}
      footer={
        <Button
          look="primary"
          busy={form.busy}
          reason={whyNot(scope === 'project' ? 'projects:write' : 'applications:write')}
          disabled={reason.trim().length < 3 || (ends && expiresAt === null) || declared.data === undefined}
          onClick={() => void save()}
        >
          Ignore this field
        </Button>
      }
    >
      <div className="space-y-3 text-sm">
        <p>
          It counts as a difference no more. The Changes tab goes on showing it as hidden, with your name and this
          reason.
        </p>
        <SelectField
          label="Where"
          value={scope}
          onChange={setScope}
          choices={[
            { value: 'application', label: 'On this object, in this application' },
            { value: 'project', label: 'On every object of this kind, in its project' },
          ]}
        />
        <AreaField label="Reason" rows={2} value={reason} onChange={setReason} error={form.problem('reason')} />
        <CheckField
          label="It ends"
          hint="Else it holds until somebody takes it out."
          checked={ends}
          onChange={setEnds}
        />
        {ends && (
          <ExpiryFields
            expiry={expiry}
            onExpiry={setExpiry}
            custom={custom}
            onCustom={setCustom}
            error={form.problem('expiresAt')}
            hint="Then the field counts again."
          />
        )}
        {form.error !== undefined && <Failure title="Nothing was saved" error={form.error} />}
      </div>
    </Dialog>
  );
}

interface Told {
  owner: string;
  reason: string;
  expiresAt: string | null;
}

function ruleOf({ objectKey, path }: DriftView, scope: string, { owner, reason, expiresAt }: Told): Rule {
  const key = parseObjectKey(objectKey);
  const kind = key === null ? {} : { group: key.group, kind: key.kind };
  const object = key === null || scope === 'project' ? {} : { namespace: key.namespace, name: key.name };
  return { ...kind, ...object, paths: [path], owner, reason, ...(expiresAt === null ? {} : { expiresAt }) };
}
