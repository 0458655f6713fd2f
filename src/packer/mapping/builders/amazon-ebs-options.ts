import { ROOT_VOLUME_OPTIONS } from './root-volume';
import { FILTER_OPTIONS } from './source-ami-filter';
import { dropped, each, mapped, refused, warned, type OptionTable } from '../treatment';

const CONNECTION = 'Image Builder reaches the instance through Systems Manager: no port is open, and there are no credentials';
const CREDENTIALS = 'the role of the instance and the deployment take their place';
const NETWORK = 'the vpc, the subnets and the security group that they find; without one, images are built in the default VPC';
const SHARING = 'images are not distributed yet; share or copy the AMIs of a release';

/** What becomes of each option of the builder (packer-plugin-amazon 1.8). */
export const AMAZON_EBS_OPTIONS: OptionTable = {
  source_ami: mapped('`parent`'),
  source_ami_filter: mapped('`parent`: the public parameter that holds the newest of these AMIs, else `ParentImage.lookup`', FILTER_OPTIONS),
  region: mapped('`region`: the stack has to be deployed to it'),
  instance_type: mapped('`instanceTypes` of the infrastructure'),
  ...each('subnet_id vpc_id', mapped('network of the infrastructure')),
  ...each('security_group_id security_group_ids', mapped('`securityGroup` of the infrastructure: one')),
  kms_key_id: mapped('`encryptionKey` of the infrastructure'),
  encrypt_boot: mapped('nothing: root volumes are encrypted, unless the image is given `encrypted: false`'),
  launch_block_device_mappings: mapped('`rootVolumeSize`; other volumes are named in a warning', ROOT_VOLUME_OPTIONS),
  ami_name: mapped('`imageName`; names of AMIs are made by the service'),
  ami_description: mapped('`description`'),
  tags: mapped('`amiTags`'),
  tag: mapped('`amiTags`', each('key value', mapped('`amiTags`'))),
  communicator: mapped('platform, where nothing else says it: `winrm` is Windows'),
  ...each('access_key secret_key token', mapped('nothing, where it is empty or a sensitive variable; a key is refused')),
  ...each('user_data user_data_file', mapped('nothing, where it only opens WinRM or SSH; of other scripts the first step; anything else is refused')),
  metadata_options: mapped('nothing: build instances want tokens (IMDSv2)', {
    http_tokens: mapped('nothing: tokens are required'),
    ...each('http_endpoint http_put_response_hop_limit instance_metadata_tags', dropped('the infrastructure sets how build instances reach the metadata service')),
  }),
  ...each(`ssh_host ssh_port ssh_username ssh_password ssh_keypair_name ssh_ciphers ssh_clear_authorized_keys ssh_key_exchange_algorithms
    ssh_private_key_file ssh_certificate_file ssh_pty ssh_timeout ssh_wait_timeout ssh_agent_auth ssh_disable_agent_forwarding ssh_handshake_attempts
    ssh_bastion_host ssh_bastion_port ssh_bastion_agent_auth ssh_bastion_username ssh_bastion_password ssh_bastion_interactive
    ssh_bastion_private_key_file ssh_bastion_certificate_file ssh_file_transfer_method ssh_proxy_host ssh_proxy_port ssh_proxy_username
    ssh_proxy_password ssh_keep_alive_interval ssh_read_write_timeout ssh_remote_tunnels ssh_local_tunnels ssh_public_key ssh_private_key ssh_interface
    winrm_username winrm_password winrm_host winrm_no_proxy winrm_port winrm_timeout winrm_use_ssl winrm_insecure winrm_use_ntlm
    pause_before_connecting pause_before_ssm session_manager_port windows_password_timeout temporary_key_pair_name temporary_key_pair_type
    temporary_key_pair_bits ssh_private_ip temporary_security_group_source_cidr temporary_security_group_source_cidrs temporary_security_group_source_public_ip`, dropped(CONNECTION)),
  ...each('profile shared_credentials_file mfa_code skip_credential_validation skip_metadata_api_check decode_authorization_messages', dropped(CREDENTIALS)),
  ...each('max_retries aws_polling snapshot_copy_duration_minutes', dropped('the service waits for itself')),
  ...each('skip_region_validation skip_profile_validation insecure_skip_tls_verify', dropped('nothing is asked of AWS while a template is read')),
  ...each('ami_virtualization_type ena_support enhanced_networking sriov_support ebs_optimized', dropped('AMIs have what their parent has')),
  disable_stop_instance: dropped('the service stops the instance itself'),
  ...each('shutdown_behavior shutdown_behaviour', dropped('the service stops and terminates its instances')),
  associate_public_ip_address: dropped('the subnet decides it'),
  availability_zone: dropped('the subnet decides it'),
  ...each('enable_t2_unlimited enable_unlimited_credits', dropped('the account decides it')),
  ...each('force_delete_snapshot skip_ami_run_tags no_ephemeral', dropped('nothing in Image Builder needs it')),
  iam_instance_profile: warned('the infrastructure makes its own role: give `infrastructure.role` what the build needs'),
  temporary_iam_instance_profile_policy_document: warned('the infrastructure makes its own role: give `infrastructure.role` what the build needs'),
  ...each('ami_users ami_groups ami_org_arns ami_ou_arns ami_product_codes snapshot_users snapshot_groups', warned(SHARING)),
  ...each('ami_regions region_kms_key_ids', warned(SHARING)),
  ...each('snapshot_tags snapshot_tag', warned('snapshots carry the tags of the service; `amiTags` stand on AMIs')),
  ...each('run_tags run_tag run_volume_tags run_volume_tag fleet_tags fleet_tag', warned('give them as resourceTags of the build infrastructure')),
  ami_block_device_mappings: warned('give the volumes to the launch template of the fleet'),
  ...each('placement tenancy license_specifications capacity_reservation_id capacity_reservation_group_arn capacity_reservation_preference',
    warned('build instances have default placement')),
  fast_launch: warned('turn on fast launch for the AMIs of a release'),
  imds_support: warned('say it in the launch template of the fleet: `httpTokens: required`'),
  deprecate_at: warned('no AMI is deprecated at a date; AMIs stay until the account removes them'),
  deregistration_protection: warned('nothing deregisters AMIs; protect them in the account'),
  ...each('subnet_filter vpc_filter security_group_filter', warned(`nothing is looked up in AWS while a template is read: give the image a BuildInfrastructure with ${NETWORK}`)),
  spot_instance_types: mapped('`instanceTypes` of the infrastructure, on demand, where there is no `instance_type`'),
  ...each('spot_price spot_price_auto_product spot_allocation_strategy spot_tags spot_tag block_duration_minutes',
    warned('Image Builder builds on on-demand instances, at their price')),
  force_deregister: warned('every build has a name of its own, and none replaces another: AMIs of earlier builds stay until the account removes them'),
  ...each('skip_create_ami skip_save_build_region', refused('an image without an AMI is none', 'remove it; for a trial run `golden-images rehearse`')),
  assume_role: warned('the account of the stack builds the image: deploy the stack to the account of that role'),
  vault_aws_engine: dropped(CREDENTIALS),
  custom_endpoint_ec2: warned('the service itself calls EC2, at its own endpoint'),
  elastic_ip_allocation_id: refused('build instances have no fixed address', 'remove it, and build in a subnet behind a NAT gateway'),
  enable_nitro_enclave: refused('build instances have no enclaves', 'remove it'),
};
