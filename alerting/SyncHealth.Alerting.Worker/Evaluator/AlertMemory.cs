using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>
/// The alert instances and groups as they stand in storage. A round reads only what was written since the one before, by whomever: five hundred rules have a
/// hundred thousand segments, nearly all of them quiet. It says nothing that storage does not: a process that starts reads everything.
/// </summary>
internal sealed class AlertMemory(AlertStore store)
{
    private static readonly IReadOnlyDictionary<InstanceKey, KnownAlert> None = new Dictionary<InstanceKey, KnownAlert>();

    private readonly Dictionary<(string Rule, string App), Dictionary<InstanceKey, KnownAlert>> _alerts = [];
    private readonly Dictionary<GroupKey, StoredAlert> _groups = [];
    private readonly HashSet<string> _doubted = [];
    private readonly HashSet<SegmentKey> _segments = [];
    private readonly HashSet<string> _rules = [];
    private string _since = ChangedAlerts.Beginning;

    /// <summary>Groups as last saved.</summary>
    public IReadOnlyCollection<StoredAlert> Groups => _groups.Values;

    /// <summary>Rules and apps that have instances.</summary>
    public IReadOnlyCollection<(string Rule, string App)> Pairs => _alerts.Keys;

    /// <summary>Instances of a rule and app.</summary>
    public IReadOnlyDictionary<InstanceKey, KnownAlert> Of(string rule, string app) => _alerts.TryGetValue((rule, app), out var alerts) ? alerts : None;

    /// <summary>Reads what was written since the last time.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var changed = await store.LoadChangedAsync(_since, _doubted, cancellationToken);
        foreach (var pair in _alerts.Keys.Where(pair => _doubted.Contains(pair.Rule)).ToArray())
            _alerts.Remove(pair);
        foreach (var group in _groups.Keys.Where(group => _doubted.Contains(group.Route)).ToArray())
            _groups.Remove(group);
        _doubted.Clear();
        foreach (var stored in changed.Alerts)
            Keep(stored);
        _since = changed.UpTo;
    }

    /// <summary>Another evaluator wrote or deleted instances of the rule (or groups of the route) meanwhile: all of them are read again.</summary>
    public void Doubt(string rule) => _doubted.Add(rule);

    /// <summary>The instance is no longer stored.</summary>
    public void Forget(KnownAlert alert)
    {
        if (_alerts.TryGetValue((alert.Rule, alert.App), out var alerts) && alerts.Remove(alert.Key) && alerts.Count == 0)
            _alerts.Remove((alert.Rule, alert.App));
    }

    /// <summary>The group is no longer stored.</summary>
    public void Forget(GroupKey group) => _groups.Remove(group);

    private void Keep(StoredAlert stored)
    {
        if (stored.Class == GroupComposer.Class)
        {
            _groups[new GroupKey(stored.Rule, stored.App, new SegmentKey(stored.Segment))] = stored;
            return;
        }

        var alert = KnownAlert.Of(stored);
        if (!_alerts.TryGetValue((alert.Rule, alert.App), out var alerts))
            _alerts.Add((alert.Rule, alert.App), alerts = []);
        // Segments and rules are the same ones again and again: held once, a hundred thousand instances fit into some tens of megabytes.
        var key = alert.Key with { Segment = Shared(_segments, alert.Key.Segment) };
        alerts[key] = alert with { Key = key, RuleJson = Shared(_rules, alert.RuleJson) };
    }

    private static T Shared<T>(HashSet<T> known, T value)
    {
        if (known.TryGetValue(value, out var same))
            return same;
        known.Add(value);
        return value;
    }
}
