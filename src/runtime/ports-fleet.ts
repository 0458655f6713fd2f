import type { Alarm, Group, LaunchFailure, Refresh, RefreshPlan, StackEvent, TemplateVersion } from './domain/fleet';
import type { TemplateContent } from './domain/template';
import type { ControllerPorts, MachineImages } from './ports';

/** What went wrong in a group since a moment, from its scaling activities. */
export interface Mishaps {
  /** Launches that failed, newest first. */
  readonly launchFailures: readonly LaunchFailure[];
  /** Instances that were replaced because EC2 had ended them. */
  readonly interrupted: readonly string[];
  /** Instances that were replaced because they had failed a check of their group. */
  readonly failedChecks: readonly string[];
}

/** EC2 Auto Scaling groups, with what their instances really run and how their target groups find them. */
export interface Groups {
  describe(name: string, launchTemplateId?: string): Promise<Group | undefined>;
  mishaps(name: string, since: number): Promise<Mishaps>;
  /** The group names another version of its launch template from now on; nothing is replaced. */
  adopt(group: Group, version: string, ami: string): Promise<void>;
  /** Ends one instance; the group launches another one from what it has saved. */
  end(group: Group, instanceId: string): Promise<void>;
}

export interface LaunchTemplates {
  /** Ascending by number; empty when the launch template does not exist. */
  versions(templateId: string): Promise<TemplateVersion[]>;
  /** Derives a version with another AMI, and says what EC2 made of it. The same token makes one version only. */
  create(request: { templateId: string; source: string; ami: string; description: string; token: string }): Promise<TemplateVersion>;
  remove(templateId: string, versions: readonly string[]): Promise<void>;
}

/** What is in the versions of a launch template. */
export interface TemplateContents {
  versions(templateId: string): Promise<TemplateContent[]>;
}

export interface RefreshRequest {
  readonly group: Group;
  readonly version: string;
  readonly ami: string;
  readonly plan: RefreshPlan;
  /** Absent where the group's own warm-up holds. */
  readonly instanceWarmupSeconds?: number;
  readonly protectedInstances: 'refresh' | 'ignore' | 'wait';
  readonly standbyInstances: 'terminate' | 'ignore' | 'wait';
}

/** Instance refreshes of EC2 Auto Scaling. What is no longer there to be cancelled or rolled back is no error. */
export interface Refreshes {
  /** Newest first. */
  list(groupName: string, templateId: string): Promise<Refresh[]>;
  start(request: RefreshRequest): Promise<void>;
  cancel(groupName: string): Promise<void>;
  /** Cancels where AWS refuses to roll back. */
  rollBack(groupName: string): Promise<void>;
}

export interface Alarms {
  /** The alarms that exist. */
  states(names: readonly string[]): Promise<Alarm[]>;
}

/** What happened to a stack. */
export interface Deploys {
  /** Changes of the state of the stack itself, oldest first: as far back as CloudFormation keeps them, or to the last one before a moment. */
  events(stackId: string, since: number): Promise<StackEvent[]>;
}

/** What the fleet controller has. */
export interface FleetPorts extends ControllerPorts {
  readonly groups: Groups;
  readonly templates: LaunchTemplates;
  readonly refreshes: Refreshes;
  readonly machineImages: MachineImages;
  readonly alarms: Alarms;
  readonly deploys: Deploys;
}
