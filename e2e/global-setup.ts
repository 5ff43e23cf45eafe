import { startProduct } from './product.ts';

/** One product for all journeys; `QUARTERDECK_E2E_URL` names one that runs already. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env['QUARTERDECK_E2E_URL'] !== undefined) return async () => undefined;
  const product = await startProduct();
  process.env['QUARTERDECK_E2E_URL'] = product.url;
  process.env['QUARTERDECK_E2E_DATA'] = product.dataDirectory;
  return () => product.dispose();
}
