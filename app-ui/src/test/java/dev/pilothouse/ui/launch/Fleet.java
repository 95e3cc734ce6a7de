package dev.pilothouse.ui.launch;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

/** A small company's objects, created as any client creates them. */
final class Fleet {

    private static final List<String> APPS =
            List.of("checkout", "catalog", "frontend", "payments", "search", "worker");

    static void create(Api api) throws Exception {
        for (String namespace : List.of("shop", "staging")) {
            api.create(
                    "/api/v1/namespaces",
                    "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(namespace));
            for (String app : APPS) {
                api.create(
                        "/apis/apps/v1/namespaces/" + namespace + "/deployments", deployment(app));
            }
        }
        api.create(
                "/api/v1/namespaces/shop/secrets",
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: mail}
                stringData: {host: smtp.example.com, user: shop, password: not-the-real-one}
                """);
        api.create(
                "/api/v1/namespaces/shop/pods",
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: cart, labels: {app: cart, tier: backend}}
                spec:
                  containers:
                  - name: cart
                    image: registry.example.com/shop/cart:2.0.1
                    ports: [{name: http, containerPort: 8080}]
                    env:
                    - {name: MAIL_HOST, valueFrom: {secretKeyRef: {name: mail, key: host}}}
                    - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
                    resources: {requests: {cpu: 200m, memory: 256Mi}, limits: {memory: 512Mi}}
                    volumeMounts: [{name: cache, mountPath: /var/cache/cart}]
                  volumes: [{name: cache, emptyDir: {sizeLimit: 1Gi}}]
                """);
        api.create(
                "/api/v1/namespaces/shop/pods",
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: training, labels: {app: training}}
                spec:
                  containers:
                  - name: training
                    image: registry.example.com/shop/training:1.0.0
                    resources: {requests: {cpu: "24", memory: 64Gi}}
                """);
        further(api);
    }

    private static void further(Api api) throws Exception {
        api.create(
                "/api/v1/namespaces/shop/pods",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: importer
                  labels: {app: importer}
                  annotations: {simulated.pilothouse.dev/crash-loop: "true"}
                spec:
                  containers:
                  - name: importer
                    image: registry.example.com/shop/importer:0.9.0
                """);
        api.create(
                "/api/v1/namespaces/shop/services",
                """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  selector: {app: frontend}
                  ports: [{name: http, port: 80, targetPort: 8080}]
                """);
        api.create(
                "/apis/rbac.authorization.k8s.io/v1/namespaces/shop/roles",
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: deployer}
                rules:
                - {apiGroups: [apps], resources: [deployments], verbs: [get, list, watch, patch]}
                - {apiGroups: [""], resources: [pods, pods/log], verbs: [get, list, watch]}
                """);
        api.create(
                "/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings",
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: release}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployer}
                subjects:
                - {kind: User, apiGroup: rbac.authorization.k8s.io, name: release-bot}
                - {kind: ServiceAccount, namespace: shop, name: default}
                """);
        api.create(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: boats.harbour.example.com}
                spec:
                  group: harbour.example.com
                  scope: Namespaced
                  names: {plural: boats, singular: boat, kind: Boat}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    additionalPrinterColumns:
                    - {name: Berth, type: integer, jsonPath: .spec.berth}
                    - {name: Master, type: string, jsonPath: .spec.master.name}
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          spec:
                            type: object
                            required: [berth]
                            properties:
                              berth: {type: integer, minimum: 1, description: Where it lies.}
                              master:
                                type: object
                                properties:
                                  name: {type: string, description: Who sails it.}
                              sails: {type: array, items: {type: string}}
                              seaworthy: {type: boolean}
                """);
        await().atMost(Duration.ofSeconds(60)).until(() -> hasBoat(api));
    }

    /** Once the server serves the kind. */
    private static boolean hasBoat(Api api) {
        try {
            api.create(
                    "/apis/harbour.example.com/v1/namespaces/shop/boats",
                    """
                    apiVersion: harbour.example.com/v1
                    kind: Boat
                    metadata: {name: ada}
                    spec: {berth: 12, master: {name: Grace}, sails: [main, jib], seaworthy: true}
                    """);
            return true;
        } catch (AssertionError | Exception e) {
            return false;
        }
    }

    private static String deployment(String app) {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, labels: {app: %1$s}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              containers:
              - name: %1$s
                image: registry.example.com/shop/%1$s:1.4.2
                ports: [{containerPort: 8080}]
                resources: {requests: {cpu: 100m, memory: 128Mi}}
        """
                .formatted(app);
    }
}
