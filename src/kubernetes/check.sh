#!/bin/sh
# Renders docker/kubernetes with kustomize and with Helm, also as docs/operations.md says, and compares the two; checks every object against the
# schemas of Kubernetes and of the Prometheus operator. It needs no cluster, but kubectl, helm, node and npm:
#
#   ./mvnw validate -Pkubernetes
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
place=$root/target/kubernetes
for program in kubectl helm node npm; do
  command -v "$program" > /dev/null || { echo "$program is not on the path" >&2; exit 1; }
done

mkdir -p "$place"
cp "$here/package.json" "$here/package-lock.json" "$here/check.mjs" "$here/values.yaml" "$place"
cd "$place"
npm ci --silent --prefer-offline --no-audit --no-fund

sources=docker/kubernetes
rm -rf "$sources"
mkdir -p docker
cp -R "$root/$sources" docker
job=migrationJob=true,monitoring.serviceMonitor=true
kubectl kustomize $sources/base > base.kustomize.yaml
kubectl kustomize $sources/overlays/deployment > deployment.kustomize.yaml
kubectl kustomize $sources/overlays/statefulset > statefulset.kustomize.yaml
helm lint --strict --quiet $sources/chart
helm template tandem $sources/chart > base.helm.yaml
helm template tandem $sources/chart --set $job > deployment.helm.yaml
helm template tandem $sources/chart --set $job,index.volume=true > statefulset.helm.yaml

# As an operator is told to.
operations=$root/docs/operations.md
cp -R $sources/overlays/statefulset $sources/overlays/documented
sed '/^images:/,$d' $sources/overlays/statefulset/kustomization.yaml > $sources/overlays/documented/kustomization.yaml
sed -n '/^images:/,/^```/p' "$operations" | sed '/^```/d' >> $sources/overlays/documented/kustomization.yaml
kubectl kustomize $sources/overlays/documented > documented.kustomize.yaml
sed -n '/^helm upgrade --install /,/[^\\]$/p' "$operations" | sed 's/^helm upgrade --install /helm template /' > documented.sh
sh documented.sh > documented.helm.yaml

# Only Helm has values, and this is every one of them.
helm template other $sources/chart --values values.yaml > values.helm.yaml
helm template other $sources/chart --values values.yaml --set index.volume=false > further.helm.yaml
grep -q '"2000000"' values.helm.yaml

node check.mjs base deployment statefulset documented -- values further
# A field that does not exist is no error for a schema, but one for the types.
node node_modules/typescript/bin/tsc --noEmit --strict --skipLibCheck --module nodenext --target es2022 objects.ts
echo "kustomize and Helm have rendered the same, and all objects fit their schemas."
