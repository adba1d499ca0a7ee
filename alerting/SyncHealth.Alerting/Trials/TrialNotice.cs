using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Trials;

/// <summary>One message to one receiver, at the evaluation that led to it.</summary>
public sealed record TrialNotice(TimeSpan At, string Rule, InstanceKey Key, NoticeKind Kind, string Receiver);
