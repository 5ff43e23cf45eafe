import { trainingJobHealth } from '../shared.ts';

export const kubeflowXGBoostJobHealth = trainingJobHealth;
