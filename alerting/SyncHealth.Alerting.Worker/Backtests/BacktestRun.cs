using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Worker.Backtests;

/// <summary>One rule and app on its way through the past.</summary>
internal sealed class BacktestRun(AlertRule rule, string app)
{
    private readonly Dictionary<InstanceKey, AlertState> _states = [];
    private readonly List<BacktestIncident> _incidents = [];

    public IReadOnlyList<BacktestIncident> Incidents => _incidents;

    public async Task EvaluateAsync(IReadings readings, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var evaluated in await new RuleEvaluation(rule, app, readings, at).RunAsync(_states, cancellationToken))
        {
            _states[evaluated.Key] = evaluated.Step.State;
            if (evaluated.Step.Transition is { } transition)
                Note(evaluated.Key, evaluated.Step.State, transition);
        }
    }

    private void Note(InstanceKey key, AlertState state, AlertTransition transition)
    {
        var (segment, alertClass) = (key.Segment.Values, Wording.Of(key.Class));
        if (transition.Opens)
        {
            _incidents.Add(new BacktestIncident(rule.Name, app, segment, alertClass, transition.At, null, Wording.Of(transition.Reason), state.Worst));
            return;
        }

        var open = _incidents.FindLastIndex(incident => new SegmentKey(incident.Segment).Equals(key.Segment) && incident.Class == alertClass && incident.ResolvedAt is null);
        if (transition.Closes && open >= 0)
            _incidents[open] = _incidents[open] with { ResolvedAt = transition.At, Worst = state.Worst };
    }
}
