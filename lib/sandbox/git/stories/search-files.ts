/** Files of the Helm application `search`: a chart with one values file per environment. */

export function searchChart(version: string, appVersion: string): string {
  return `apiVersion: v2
name: search
description: Product search of the shop
type: application
version: ${version}
appVersion: "${appVersion}"
`;
}

export const SEARCH_VALUES = `image:
  repository: registry.example/shop/search
  tag: 2.2.0
replicas: 1
index:
  refreshSeconds: 30
  synonyms: false
resources:
  requests:
    cpu: 100m
    memory: 192Mi
`;

export function searchEnvironment(tag: string, replicas: number, synonyms = false): string {
  return `image:
  tag: ${tag}
replicas: ${replicas}
${synonyms ? 'index:\n  synonyms: true\n' : ''}`;
}

const HELPERS = `{{- define "search.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: search
  labels:
    {{- include "search.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      app.kubernetes.io/name: {{ .Chart.Name }}
  template:
    metadata:
      labels:
        {{- include "search.labels" . | nindent 8 }}
    spec:
      serviceAccountName: search
      containers:
        - name: search
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          ports:
            - name: http
              containerPort: 7700
          envFrom:
            - configMapRef:
                name: search
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: search
  labels:
    {{- include "search.labels" . | nindent 4 }}
spec:
  selector:
    app.kubernetes.io/name: {{ .Chart.Name }}
  ports:
    - name: http
      port: 80
      targetPort: http
`;

const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata:
  name: search
  labels:
    {{- include "search.labels" . | nindent 4 }}
data:
  INDEX_REFRESH_SECONDS: {{ .Values.index.refreshSeconds | quote }}
  SYNONYMS: {{ .Values.index.synonyms | quote }}
`;

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: search
automountServiceAccountToken: false
`;

const TEST = `apiVersion: v1
kind: Pod
metadata:
  name: search-answers
  annotations:
    helm.sh/hook: test
spec:
  restartPolicy: Never
  containers:
    - name: curl
      image: registry.example/tools/curl:8.9.1
      args: ["--fail", "http://search/health"]
`;

/** Templates by path, relative to the repository. */
export const SEARCH_TEMPLATES: Record<string, string> = {
  'charts/search/templates/_helpers.tpl': HELPERS,
  'charts/search/templates/deployment.yaml': DEPLOYMENT,
  'charts/search/templates/service.yaml': SERVICE,
  'charts/search/templates/config.yaml': CONFIG,
  'charts/search/templates/service-account.yaml': ACCOUNT,
  'charts/search/templates/tests/answers.yaml': TEST,
};
