using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.States;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>An alert instance as it was last read.</summary>
/// <param name="Version">Raised by every save; a save succeeds only from the newest.</param>
/// <param name="RuleJson">The rule as it was evaluated last.</param>
/// <param name="AcknowledgedBy">Who is on its present incident; null while nobody is.</param>
internal sealed record KnownAlert(string Rule, string App, InstanceKey Key, long Version, AlertState State, string RuleJson, string? AcknowledgedBy)
{
    public static KnownAlert Of(StoredAlert stored)
    {
        var remembered = AlertJson.Read<RememberedAlert>(stored.StateJson);
        var key = new InstanceKey(new SegmentKey(stored.Segment), Wording.Read<AlertClass>(stored.Class));
        return new KnownAlert(stored.Rule, stored.App, key, stored.Version, remembered.State, remembered.Rule, stored.AcknowledgedBy);
    }
}
