import { compositeResourceDefinitionHealth } from './apiextensions.crossplane.io/composite-resource-definition/rule.ts';
import { crossplaneConfigurationHealth } from './pkg.crossplane.io/configuration/rule.ts';
import { crossplaneConfigurationRevisionHealth } from './pkg.crossplane.io/configuration-revision/rule.ts';
import { crossplaneFunctionHealth } from './pkg.crossplane.io/function/rule.ts';
import { crossplaneFunctionRevisionHealth } from './pkg.crossplane.io/function-revision/rule.ts';
import { crossplaneProviderHealth } from './pkg.crossplane.io/provider/rule.ts';
import { crossplaneProviderRevisionHealth } from './pkg.crossplane.io/provider-revision/rule.ts';
import { adoptedResourceHealth } from './services.k8s.aws/adopted-resource/rule.ts';
import type { HealthRule } from './rule.ts';

/** Kinds that hold data, clusters and machines: clouds, databases, storage, queues, batch compute. */
export const INFRASTRUCTURE_RULES: Readonly<Record<string, HealthRule>> = {
  'apiextensions.crossplane.io/CompositeResourceDefinition': compositeResourceDefinitionHealth,
  'pkg.crossplane.io/Configuration': crossplaneConfigurationHealth,
  'pkg.crossplane.io/ConfigurationRevision': crossplaneConfigurationRevisionHealth,
  'pkg.crossplane.io/Function': crossplaneFunctionHealth,
  'pkg.crossplane.io/FunctionRevision': crossplaneFunctionRevisionHealth,
  'pkg.crossplane.io/Provider': crossplaneProviderHealth,
  'pkg.crossplane.io/ProviderRevision': crossplaneProviderRevisionHealth,
  'services.k8s.aws/AdoptedResource': adoptedResourceHealth,
};
