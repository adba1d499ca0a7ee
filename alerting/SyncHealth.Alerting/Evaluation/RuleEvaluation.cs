using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>
/// One evaluation of a rule for one app: from data and remembered states to findings and steps, for every segment. No clock, no I/O of its own;
/// evaluator, rule tests and backtests all run this.
/// </summary>
public sealed class RuleEvaluation(AlertRule rule, string app, IReadings readings, DateTimeOffset now)
{
    /// <summary>Once late data showed a breach, how long the present must be good before that alert ends.</summary>
    private static readonly TimeSpan LateQuiet = TimeSpan.FromHours(1);

    private readonly Dictionary<TimeWindow, IReadOnlyDictionary<SegmentKey, Reading>> _read = [];
    private bool _isMute;

    /// <summary>The rule as it holds for an alert of the class.</summary>
    public static AlertRule RuleOf(AlertRule rule, AlertClass alertClass)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return alertClass switch
        {
            AlertClass.NoData => rule with { For = rule.Window, KeepFiringFor = TimeSpan.Zero },
            AlertClass.Late => rule with { For = TimeSpan.Zero, KeepFiringFor = LateQuiet },
            _ => rule,
        };
    }

    /// <summary>Evaluates every segment that has data or a remembered state.</summary>
    /// <param name="remembered">States of this rule and app by instance; none at all means that the rule is new, and every segment as old as it.</param>
    /// <param name="cancellationToken">Stops waiting for data.</param>
    public async Task<IReadOnlyList<Evaluated>> RunAsync(IReadOnlyDictionary<InstanceKey, AlertState> remembered, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(remembered);
        if (rule.Traits.Basis == MetricBasis.Releases)
            return await new ReleaseEvaluation(rule, app, readings, now).RunAsync(remembered, cancellationToken);
        _isMute = await readings.IsIngestDownAsync(cancellationToken);
        var lateness = rule.Clock == RuleClock.Event ? await readings.LatenessAsync(app, now, cancellationToken) : TimeSpan.Zero;
        var present = new TimeWindow(now - lateness - rule.Window, now - lateness);
        var counted = await ReadAsync(present, cancellationToken);
        var segments = rule.By.Count == 0 ? [SegmentKey.Fleet] : counted.Keys.Union(remembered.Keys.Select(key => key.Segment)).ToArray();
        var late = await new LateWatch(rule, app, readings, now, lateness).FindAsync(cancellationToken);

        var results = new List<Evaluated>();
        foreach (var segment in segments.Union(late.Keys))
        {
            var key = new InstanceKey(segment, AlertClass.Threshold);
            var before = remembered.GetValueOrDefault(key);
            var state = before ?? AlertState.New(now) with { GraceUntil = remembered.Count > 0 && rule.NewGroupGrace > TimeSpan.Zero ? now + rule.NewGroupGrace : null };
            var finding = Heard(await FindAsync(segment, state, lateness, cancellationToken));
            var evaluated = new Evaluated(key, rule, before, finding, AlertMachine.Next(rule, state, finding, now));
            results.Add(evaluated);
            AddNoData(results, remembered, segment, before is not null, present, counted);
            AddLate(results, remembered, segment, late.GetValueOrDefault(segment) ?? [], evaluated);
        }

        return results;
    }

    /// <summary>While ingest is down no data is evidence: alerts keep their state, and only the one about ingest speaks.</summary>
    private Finding Heard(Finding finding) => _isMute ? finding with { Verdict = Verdict.NoEvidence } : finding;

    private async Task<Finding> FindAsync(SegmentKey segment, AlertState state, TimeSpan lateness, CancellationToken cancellationToken)
    {
        if (rule.Traits.Basis == MetricBasis.Expected)
            return await FindSilenceAsync(segment, cancellationToken);

        Finding? first = null;
        foreach (var window in WindowPlan.For(rule, state, now - lateness, lateness))
        {
            var finding = await JudgeAsync(segment, state, window, cancellationToken) with { Lateness = rule.Clock == RuleClock.Event ? lateness : null };
            if (finding.Verdict != Verdict.NoEvidence)
                return finding;
            first ??= finding;
        }

        return first!;
    }

    private async Task<Finding> JudgeAsync(SegmentKey segment, AlertState state, TimeWindow window, CancellationToken cancellationToken)
    {
        var reading = ReadingOf(await ReadAsync(window, cancellationToken), segment, window);
        if (rule.Comparison is not { } comparison)
        {
            var measured = reading(rule.Limit);
            return new Finding(Judge.Of(rule, state, measured), measured);
        }

        var baseline = await BaselineAsync(segment, window, comparison, cancellationToken);
        if (baseline?.Value is not { } value || !new EvidenceFloor(rule.MinAttempts, rule.MinDevices).IsMetBy(baseline))
            return new Finding(Verdict.NoEvidence, reading(0)) { Baseline = baseline };
        var limits = Limits.From(rule, comparison, value);
        var measurement = reading(limits.Breach);
        return new Finding(Judge.Of(rule, state, measurement, limits), measurement) { Limits = limits, Baseline = baseline };
    }

    private async Task<Measurement?> BaselineAsync(SegmentKey segment, TimeWindow window, RuleComparison comparison, CancellationToken cancellationToken)
    {
        const string Release = "app_version";
        if (comparison.With == ComparedWith.LastWeek)
        {
            var then = Shifted(window, weeks: 1);
            return (await ReadAsync(then, cancellationToken)).GetValueOrDefault(segment)?.Invoke(0);
        }

        var rest = segment.Without(Release);
        return (await ReadAsync(window, cancellationToken))
            .Where(other => other.Key.Without(Release).Equals(rest) && ReleaseOrder.Instance.Compare(other.Key.Values[Release], segment.Values[Release]) < 0)
            .Select(other => other.Value(0))
            .MaxBy(measurement => (measurement.Devices, measurement.Attempts));
    }

    private async Task<Finding> FindSilenceAsync(SegmentKey segment, CancellationToken cancellationToken)
    {
        var window = new TimeWindow(now - rule.Window, now);
        var heard = ReadingOf(await ReadAsync(window, cancellationToken), segment, window)(rule.Limit);
        var weeks = new List<long>();
        for (var week = 1; week <= SilentFleet.Weeks; week++)
            weeks.Add((await ReadAsync(Shifted(window, week), cancellationToken)).GetValueOrDefault(segment)?.Invoke(rule.Limit).Devices ?? 0);

        var expected = SilentFleet.Expected(weeks);
        if (expected is not { } devices || devices < rule.MinDevices || !await readings.HasArrivalsAsync(window, cancellationToken))
            return new Finding(Verdict.NoEvidence, heard);
        var measurement = heard with { Offending = Math.Max(0, (long)devices - heard.Devices), Value = 100 * heard.Devices / devices };
        var isSilent = measurement.Value < rule.Limit && SilentFleet.IsBelowChance(heard.Devices, devices, weeks);
        var verdict = isSilent ? Verdict.Breach : measurement.Value < rule.Recover ? Verdict.Between : Verdict.Good;
        return new Finding(verdict, measurement) { Baseline = new Measurement(window, 0, (long)devices, 0, 100) };
    }

    private void AddNoData(
        List<Evaluated> results, IReadOnlyDictionary<InstanceKey, AlertState> remembered, SegmentKey segment, bool wasSeen, TimeWindow present,
        IReadOnlyDictionary<SegmentKey, Reading> counted)
    {
        // What was never there cannot go missing.
        if (rule.NoData != NoDataPolicy.Alert || !wasSeen)
            return;
        var key = new InstanceKey(segment, AlertClass.NoData);
        var measurement = ReadingOf(counted, segment, present)(rule.Limit);
        Add(results, remembered, key, Heard(new Finding(measurement.Attempts + measurement.Devices == 0 ? Verdict.Breach : Verdict.Good, measurement)));
    }

    private void AddLate(
        List<Evaluated> results, IReadOnlyDictionary<InstanceKey, AlertState> remembered, SegmentKey segment, IReadOnlyList<Measurement> late, Evaluated present)
    {
        var key = new InstanceKey(segment, AlertClass.Late);
        var state = remembered.GetValueOrDefault(key);
        var news = late.Where(window => LateWatch.IsNews(window, state, present)).ToArray();
        if (news.Length > 0)
        {
            var ends = (state?.LateWindows ?? []).Where(end => end > now - rule.LateLimit).Concat(news.Select(window => window.Window.To));
            var known = (state ?? AlertState.New(now)) with { LateWindows = [.. ends] };
            Add(results, key, state, known, new Finding(Verdict.Breach, news[^1]) { Lateness = now - news[^1].Window.To });
        }
        else if (state is not null)
        {
            Add(results, remembered, key, present.Finding.Verdict == Verdict.Good ? present.Finding : present.Finding with { Verdict = Verdict.NoEvidence });
        }
    }

    private void Add(List<Evaluated> results, IReadOnlyDictionary<InstanceKey, AlertState> remembered, InstanceKey key, Finding finding)
    {
        var before = remembered.GetValueOrDefault(key);
        Add(results, key, before, before ?? AlertState.New(now), finding);
    }

    private void Add(List<Evaluated> results, InstanceKey key, AlertState? before, AlertState state, Finding finding)
    {
        var own = RuleOf(rule, key.Class);
        results.Add(new Evaluated(key, own, before, finding, AlertMachine.Next(own, state, finding, now)));
    }

    private static TimeWindow Shifted(TimeWindow window, int weeks) => new(window.From.AddDays(-7 * weeks), window.To.AddDays(-7 * weeks));

    private async Task<IReadOnlyDictionary<SegmentKey, Reading>> ReadAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue(window, out var found))
            _read.Add(window, found = await readings.ReadAsync(rule, app, window, cancellationToken));
        return found;
    }

    private Reading ReadingOf(IReadOnlyDictionary<SegmentKey, Reading> counted, SegmentKey segment, TimeWindow window) =>
        counted.TryGetValue(segment, out var reading)
            ? reading
            : _ => new Measurement(window, 0, 0, 0, rule.Traits.Basis == MetricBasis.Count ? 0 : null);
}
