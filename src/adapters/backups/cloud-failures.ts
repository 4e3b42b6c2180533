/** How the cloud command line tools say that a log-in, a permission or a thing is missing. */
import type {ToolFailure} from '../programs/command-json.ts';

/** The failures of `aws`, with the permission that the command needs. */
export function awsFailures(options: {readonly profile: string | undefined; readonly permission: string}): readonly ToolFailure[] {
	const profile = options.profile === undefined ? '' : ` --profile ${options.profile}`;
	return [
		{
			pattern: /Token has expired|ExpiredToken|RequestExpired|Error loading SSO Token|SSO session.*(expired|invalid)|refresh failed/i,
			kind: 'unauthorized',
			message: 'The AWS log-in has expired',
			advice: `aws sso login${profile}`,
		},
		{
			pattern: /Unable to locate credentials|NoCredentials|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch/i,
			kind: 'missing-credential',
			message: 'aws has no valid credentials',
			advice: `aws configure${profile}, or aws sso login${profile}`,
		},
		{
			pattern: /config profile \(.*\) could not be found/i,
			kind: 'not-configured',
			message: `The AWS profile ${options.profile ?? ''} does not exist on this machine`,
			advice: `aws configure sso${profile}`,
		},
		{
			pattern: /You must specify a region/i,
			kind: 'not-configured',
			message: 'aws does not know the region',
			advice: 'Add region to the backup in rounds.yaml, or export AWS_REGION=…',
		},
		{
			pattern: /AccessDenied|UnauthorizedOperation|not authorized to perform/i,
			kind: 'forbidden',
			message: 'AWS does not allow this',
			advice: `The role needs ${options.permission}`,
		},
		{
			pattern: /DBInstanceNotFound|DBClusterNotFound|TableNotFoundException|ResourceNotFoundException/i,
			kind: 'not-found',
			message: 'AWS has no such database in this account and region',
			advice: 'Check the name and the region in rounds.yaml',
		},
		{
			pattern: /Throttling|Rate exceeded|TooManyRequests/i,
			kind: 'rate-limited',
			message: 'AWS limits the number of requests',
			advice: 'Wait. Others may be using the same account.',
		},
		{
			pattern: /Could not connect to the endpoint|EndpointConnectionError|ConnectTimeout/i,
			kind: 'unreachable',
			message: 'AWS cannot be reached',
			advice: 'Check the region, the network and the VPN',
		},
	];
}

/** The failures of `gcloud sql`. */
export const gcloudFailures: readonly ToolFailure[] = [
	{
		pattern: /refreshing (your current )?auth tokens|Reauthentication|invalid_grant|token has been expired or revoked/i,
		kind: 'unauthorized',
		message: 'The Google Cloud log-in has expired',
		advice: 'gcloud auth login',
	},
	{
		pattern: /do not currently have an active account|could not find default credentials/i,
		kind: 'missing-credential',
		message: 'gcloud is not logged in',
		advice: 'gcloud auth login',
	},
	{
		pattern: /PERMISSION_DENIED|does not have permission|HTTPError 403|not authorized to access/i,
		kind: 'forbidden',
		message: 'Google Cloud does not allow this',
		advice: 'The account needs cloudsql.instances.get (role Cloud SQL Viewer)',
	},
	{
		pattern: /HTTPError 404|does not exist|NOT_FOUND/i,
		kind: 'not-found',
		message: 'Google Cloud has no such instance in this project',
		advice: 'Check the instance and the project in rounds.yaml',
	},
	{
		pattern: /\[project\] is (currently )?not set|required property \[project\]/i,
		kind: 'not-configured',
		message: 'gcloud does not know the project',
		advice: 'Add project to the backup in rounds.yaml, or gcloud config set project …',
	},
];
