import { describe, expect, test } from 'vitest';
import { assessHealth } from './assess.ts';
import { finalizerWords } from './finalizers.ts';

describe('who removes a finalizer', () => {
  test.each([
    ['kubernetes', /namespace controller/],
    ['foregroundDeletion', /garbage collector/],
    ['orphan', /garbage collector/],
    ['kubernetes.io/pvc-protection', /no pod uses the claim/],
    ['kubernetes.io/pv-protection', /no claim is bound/],
    ['external-attacher/ebs-csi-aws-com', /storage driver/],
    ['external-provisioner.volume.kubernetes.io/finalizer', /storage driver/],
    ['snapshot.storage.kubernetes.io/volumesnapshot-bound-protection', /snapshot controller/],
    ['batch.kubernetes.io/job-tracking', /job controller/],
    ['service.kubernetes.io/load-balancer-cleanup', /cloud provider/],
    ['customresourcecleanup.apiextensions.k8s.io', /no object of the kind/],
    ['resources-finalizer.argocd.argoproj.io', /Argo CD/],
    ['resources-finalizer.argocd.argoproj.io/foreground', /Argo CD/],
    ['finalizers.fluxcd.io', /Flux/],
    ['quarterdeck.dev/hook', /Quarterdeck/],
    ['elbv2.k8s.aws/resources', /AWS load balancer controller/],
    ['service.k8s.aws/resources', /AWS load balancer controller/],
    ['networking.gke.io/ingress-finalizer-V2', /GKE/],
    ['finalizer.managedresource.crossplane.io', /Crossplane/],
    ['finalizer.acme.cert-manager.io', /cert-manager/],
    ['machine.cluster.x-k8s.io', /Cluster API/],
    ['longhorn.io', /Longhorn/],
    ['db.example.com/clean-up', /the controller of db\.example\.com/],
  ])('%s', (finalizer, remover) => {
    expect(finalizerWords(finalizer)).toMatch(remover);
    expect(finalizerWords(finalizer)).toMatch(/^\S+ \(removed by /);
  });

  test('one without a domain is named alone', () => expect(finalizerWords('mine')).toBe('mine'));

  test('an object being deleted says it of each', () => {
    const metadata = {
      name: 'x',
      deletionTimestamp: '2026-01-01T00:00:00Z',
      finalizers: ['mine', 'finalizers.fluxcd.io'],
    };
    expect(assessHealth({ apiVersion: 'v1', kind: 'ConfigMap', metadata }).message).toBe(
      'Being deleted, held by finalizers mine, finalizers.fluxcd.io (removed by Flux)',
    );
  });
});
