/**
 * What is used of the vendor's client, by name. A dynamic import of the whole package would put every model of the
 * Kubernetes API into the bundle, some 700 files that nothing here reads.
 */
export {HttpMethod, KubeConfig, RequestContext} from '@kubernetes/client-node';
