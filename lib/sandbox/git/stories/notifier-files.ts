/** Files of the plain application `notifier`. */

export function notifierDeployment(tag: string, fromConfig: boolean): string {
  const inline = `          env:
            - name: SENDER
              value: shop@shop.example
            - name: BATCH_SIZE
              value: "20"
`;
  const reference = `          envFrom:
            - configMapRef:
                name: notifier
`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: notifier
spec:
  replicas: 1
  selector:
    matchLabels:
      app: notifier
  template:
    metadata:
      labels:
        app: notifier
    spec:
      containers:
        - name: notifier
          image: registry.example/shop/notifier:${tag}
${fromConfig ? reference : inline}`;
}

export function notifierConfig(batchSize: number): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: notifier
data:
  SENDER: shop@shop.example
  BATCH_SIZE: "${batchSize}"
`;
}

export const NOTIFIER_SMTP = `apiVersion: v1
kind: Secret
metadata:
  name: notifier-smtp
type: Opaque
data:
  username: c2FtcGxlLXVzZXI=
  password: c2FtcGxlLXBhc3N3b3Jk
`;
