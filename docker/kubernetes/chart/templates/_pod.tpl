{{/* What services, budgets and policies select pods by. */}}
{{- define "tandem.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* The labels of everything that the chart makes. */}}
{{- define "tandem.all-labels" -}}
{{ include "tandem.labels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "tandem.server" -}}
{{ include "tandem.labels" . }}
app.kubernetes.io/component: server
{{- end }}

{{- define "tandem.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* Of the service and of the Job: where the database is. */}}
{{- define "tandem.database" -}}
- name: QUARKUS_DATASOURCE_REACTIVE_URL
  value: {{ .Values.database.url | quote }}
- name: QUARKUS_DATASOURCE_USERNAME
  value: {{ .Values.database.username | quote }}
- name: TANDEM_DATABASE_PASSWORD_FILE
  value: /run/secrets/tandem/database-password
{{- end }}

{{- define "tandem.settings" -}}
{{- range $name, $value := .Values.settings }}
- name: {{ $name }}
  {{- /* Helm would write a number of seven digits as 1e+06. */}}
  value: {{ ternary $value (toJson $value) (kindIs "string" $value) | quote }}
{{- end }}
{{- end }}

{{- define "tandem.pod-security" -}}
runAsNonRoot: true
runAsUser: 1001
fsGroup: 1001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "tandem.container-security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "tandem.pull-secrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
