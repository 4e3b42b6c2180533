/**
 * A kubeconfig for one cluster, as YAML. JSON strings are valid YAML, which quotes every name safely.
 * Without `certificateAuthority` (PEM) the client is told not to verify the server.
 */
export const kubeconfigOf = (options: {
	readonly url: string;
	readonly token: string;
	readonly context: string;
	readonly namespace: string;
	readonly cluster: string;
	readonly certificateAuthority?: string;
}): string => {
	const {url, token, context, namespace, cluster, certificateAuthority} = options;
	const quoted = (value: string) => JSON.stringify(value);
	const trust =
		certificateAuthority === undefined
			? 'insecure-skip-tls-verify: true'
			: `certificate-authority-data: ${Buffer.from(certificateAuthority).toString('base64')}`;
	return `apiVersion: v1
kind: Config
clusters:
  - name: ${quoted(cluster)}
    cluster:
      server: ${quoted(url)}
      ${trust}
users:
  - name: ${quoted(`${context}-user`)}
    user:
      token: ${quoted(token)}
contexts:
  - name: ${quoted(context)}
    context:
      cluster: ${quoted(cluster)}
      user: ${quoted(`${context}-user`)}
      namespace: ${quoted(namespace)}
current-context: ${quoted(context)}
`;
};
