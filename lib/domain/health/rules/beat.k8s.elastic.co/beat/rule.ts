import { elasticStackHealth } from '../../elasticsearch.k8s.elastic.co/shared.ts';

export const beatHealth = elasticStackHealth;
