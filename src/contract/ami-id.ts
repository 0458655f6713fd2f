/** `ami-` and 8 or 17 hexadecimal digits (EC2 user guide, "Resource IDs"). */
export const AMI_ID = /^ami-[0-9a-f]{8}(?:[0-9a-f]{9})?$/;
