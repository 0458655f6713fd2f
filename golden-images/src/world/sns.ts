import { AwsError, NotModelled, page, refuseUnknown, Service, type Operation, type Properties, type ResourceType } from './kernel';

interface Subscription {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
}

interface Topic {
  readonly arn: string;
  readonly attributes: Record<string, string>;
  readonly subscriptions: Subscription[];
}

interface Published {
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly at: number;
}

const SETTINGS = ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'];

/** Amazon SNS. Recorded: what is published can be read back; nothing is delivered to subscriptions, policies are not enforced (assumption: sns-no-delivery). */
export class SnsService extends Service {
  public override readonly signingName = 'sns';
  public readonly published: Published[] = [];
  public override readonly operations: Readonly<Record<string, Operation>> = {
    CreateTopic: (input) => {
      refuseUnknown('sns:CreateTopic', input, ['Name', 'Attributes', 'Tags']);
      return { TopicArn: this.create(input.Name, input.Attributes ?? {}).arn };
    },
    DeleteTopic: (input) => this.remove(input.TopicArn),
    ListTopics: (input) => {
      const { items, NextToken } = page([...this.topics.keys()], 100, input.NextToken);
      return { Topics: items.map((TopicArn) => ({ TopicArn })), NextToken };
    },
    GetTopicAttributes: (input) => ({ Attributes: { ...this.required(input.TopicArn).attributes, TopicArn: input.TopicArn } }),
    Publish: (input) => {
      refuseUnknown('sns:Publish', input, ['TopicArn', 'Message', 'Subject', 'MessageAttributes', 'MessageStructure']);
      // API reference of Publish: a subject has at most 100 characters.
      if (input.Subject?.length > 100) throw new AwsError('InvalidParameter', 'Invalid parameter: Subject');
      return { MessageId: this.publish(input.TopicArn, input.Message, input.Subject) };
    },
    Subscribe: (input) => {
      refuseUnknown('sns:Subscribe', input, ['TopicArn', 'Protocol', 'Endpoint', 'ReturnSubscriptionArn', 'Attributes']);
      return { SubscriptionArn: this.subscribe(input.TopicArn, input.Protocol, input.Endpoint).arn };
    },
    Unsubscribe: (input) => this.unsubscribe(input.SubscriptionArn),
    ListSubscriptionsByTopic: (input) => {
      const { items, NextToken } = page(this.required(input.TopicArn).subscriptions, 100, input.NextToken);
      return {
        Subscriptions: items.map(({ arn, protocol, endpoint }) => ({
          SubscriptionArn: arn, Protocol: protocol, Endpoint: endpoint, TopicArn: input.TopicArn, Owner: this.world.account,
        })),
        NextToken,
      };
    },
  };

  public override readonly resourceTypes: Readonly<Record<string, ResourceType>> = {
    'AWS::SNS::Topic': this.topicType(), 'AWS::SNS::TopicPolicy': this.policyType(), 'AWS::SNS::Subscription': this.subscriptionType(),
  };

  private readonly topics = new Map<string, Topic>();

  /** The key that encrypts a topic. */
  public keyOf(topicArn: string): string | undefined {
    return this.required(topicArn).attributes.KmsMasterKeyId;
  }

  /** Publishes as another service does; the topic must exist. */
  public publish(topicArn: string, message: string, subject?: string): string {
    this.required(topicArn);
    this.published.push({ topicArn, subject, message, at: this.world.now });
    return this.world.random.uuid();
  }

  private create(name: string, attributes: Record<string, string>): Topic {
    if (!/^[\w-]{1,256}$/.test(name)) throw new AwsError('InvalidParameter', 'Invalid parameter: Topic Name');
    const arn = this.world.arn('sns', name);
    const topic = this.topics.get(arn) ?? { arn, attributes, subscriptions: [] };
    this.topics.set(arn, topic);
    return topic;
  }

  private required(arn: string): Topic {
    const topic = this.topics.get(arn);
    if (!topic) throw new AwsError('NotFound', 'Topic does not exist', 404);
    return topic;
  }

  /** Deleting a topic that does not exist is no error. */
  private remove(arn: string): void {
    this.topics.delete(arn);
  }

  private subscribe(topicArn: string, protocol: string, endpoint: string): Subscription {
    const topic = this.required(topicArn);
    const same = topic.subscriptions.find((each) => each.protocol === protocol && each.endpoint === endpoint);
    if (same) return same;
    const subscription = { arn: `${topicArn}:${this.world.random.uuid()}`, protocol, endpoint };
    topic.subscriptions.push(subscription);
    return subscription;
  }

  private unsubscribe(arn: string): void {
    for (const { subscriptions } of this.topics.values()) {
      const index = subscriptions.findIndex((each) => each.arn === arn);
      if (index >= 0) subscriptions.splice(index, 1);
    }
  }

  private topicType(): ResourceType {
    const apply = (topic: Topic, properties: Properties): void => {
      for (const name of SETTINGS) {
        if (properties[name] === undefined) delete topic.attributes[name];
        else topic.attributes[name] = String(properties[name]);
      }
    };
    return {
      properties: { TopicName: 'replace', Subscription: 'update', Tags: 'update', ...Object.fromEntries(SETTINGS.map((name) => [name, 'update' as const])) },
      create: (context, properties) => {
        const topic = this.create(properties.TopicName ?? context.generateName(256), {});
        apply(topic, properties);
        for (const each of (properties.Subscription ?? []) as Properties[]) this.subscribe(topic.arn, each.Protocol, each.Endpoint);
        return topic.arn;
      },
      update: (_context, arn, properties) => {
        apply(this.required(arn), properties);
        for (const each of (properties.Subscription ?? []) as Properties[]) this.subscribe(arn, each.Protocol, each.Endpoint);
      },
      delete: (_context, arn) => this.remove(arn),
      attribute: (arn, attribute) => {
        if (attribute === 'TopicArn') return arn;
        if (attribute === 'TopicName') return arn.split(':').at(-1);
        throw new NotModelled(`the attribute ${attribute} of AWS::SNS::Topic`);
      },
    };
  }

  private policyType(): ResourceType {
    const put = (properties: Properties, document: unknown): void =>
      (properties.Topics as string[]).forEach((arn) => {
        this.required(arn).attributes.Policy = document ? JSON.stringify(document) : '';
      });
    return {
      properties: { PolicyDocument: 'update', Topics: 'update' },
      create: (context, properties) => {
        put(properties, properties.PolicyDocument);
        return context.generateName();
      },
      update: (_context, _id, properties) => put(properties, properties.PolicyDocument),
      delete: (_context, _id, properties) => put(properties, undefined),
      attribute: (_id, attribute) => {
        throw new NotModelled(`the attribute ${attribute} of AWS::SNS::TopicPolicy`);
      },
    };
  }

  private subscriptionType(): ResourceType {
    return {
      properties: {
        TopicArn: 'replace',
        Protocol: 'replace',
        Endpoint: 'replace',
        RawMessageDelivery: 'update',
        FilterPolicy: 'update',
        FilterPolicyScope: 'update',
        RedrivePolicy: 'update',
        Region: 'update',
      },
      create: (_context, properties) => this.subscribe(properties.TopicArn, properties.Protocol, properties.Endpoint).arn,
      update: () => undefined,
      delete: (_context, arn) => this.unsubscribe(arn),
      attribute: (arn, attribute) => {
        if (attribute === 'Arn') return arn;
        throw new NotModelled(`the attribute ${attribute} of AWS::SNS::Subscription`);
      },
    };
  }
}
