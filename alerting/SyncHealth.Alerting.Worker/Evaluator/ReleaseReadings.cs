using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>Reads the verdicts that rules on releases ask for, and keeps them a while: they are made of days, and in a large fleet each takes seconds.</summary>
internal sealed class ReleaseReadings(IVerdictReader verdicts, IInstallBaseReader installBase)
{
    /// <summary>Releases judged in a round, the newest: more are not rolled out at once.</summary>
    private const int MostReleases = 8;

    /// <summary>How long a verdict is good enough, on the shared clock: a twentieth of a rollout's first stage, and a fiftieth of a processor at two seconds for each of three.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    /// <summary>Days of a verdict at most: a release that came to its devices before them is no news.</summary>
    private static readonly TimeSpan Compared = TimeSpan.FromDays(30);

    private readonly Dictionary<string, (DateTimeOffset At, IReadOnlyList<ReleaseReading> Readings)> _kept = [];
    private readonly Dictionary<(string App, string Environment, string Release), (DateTimeOffset At, ReleaseVerdict? Verdict)> _named = [];

    /// <summary>The verdicts at a moment of the present.</summary>
    public Task<IReadOnlyList<ReleaseReading>> ReadAsync(AlertRule rule, string app, DateTimeOffset now, CancellationToken cancellationToken) =>
        KeptAsync(rule, app, now, Freshness, () => JudgeAsync(rule, app, now, now, countsSilence: true, cancellationToken));

    /// <summary>
    /// The verdicts as they can be made again of a past moment: of the whole days before it, from what is known of them by <paramref name="present"/>. Who was
    /// silent then, and whether a release was replaced, is not known any more.
    /// </summary>
    public Task<IReadOnlyList<ReleaseReading>> ReadPastAsync(AlertRule rule, string app, DateTimeOffset at, DateTimeOffset present, CancellationToken cancellationToken)
    {
        var midnight = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero);
        return KeptAsync(rule, app, midnight, TimeSpan.Zero, () => JudgeAsync(rule, app, midnight.AddTicks(-TimeSpan.TicksPerMillisecond), present, countsSilence: false, cancellationToken));
    }

    /// <summary>The verdict on one release over the whole app, for a message that names it; null where it is no news, or nothing can be compared.</summary>
    public async Task<ReleaseVerdict?> ReadOneAsync(string app, string environment, string release, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_named.TryGetValue((app, environment, release), out var kept) && now >= kept.At && now - kept.At <= Freshness)
            return kept.Verdict;
        DimensionFilter[] filters = [new DimensionFilter("environment", environment)];
        var seen = await installBase.ReadAsync(app, ReleaseKind.Version, now, filters, cancellationToken) is { } installed ? SeenIn(installed, now) : [];
        var question = new VerdictQuestion(app, release, ReleaseKind.Version, now) { Filters = filters, CountsSilence = true };
        var verdict = seen.ContainsKey(release) ? (await AskAsync(question, seen, cancellationToken))?.Verdict : null;
        _named[(app, environment, release)] = (now, verdict);
        return verdict;
    }

    private async Task<IReadOnlyList<ReleaseReading>> KeptAsync(AlertRule rule, string app, DateTimeOffset at, TimeSpan freshness, Func<Task<IReadOnlyList<ReleaseReading>>> read)
    {
        var key = string.Join('\n', [app, .. FiltersOf(rule).Select(filter => $"{filter.Dimension}:{filter.Value}")]);
        if (_kept.TryGetValue(key, out var kept) && at >= kept.At && at - kept.At <= freshness)
            return kept.Readings;
        var readings = await read();
        _kept[key] = (at, readings);
        return readings;
    }

    private async Task<IReadOnlyList<ReleaseReading>> JudgeAsync(AlertRule rule, string app, DateTimeOffset at, DateTimeOffset present, bool countsSilence, CancellationToken cancellationToken)
    {
        var filters = FiltersOf(rule);
        if (await installBase.ReadAsync(app, ReleaseKind.Version, present, filters, cancellationToken) is not { } installed)
            return [];
        var seen = SeenIn(installed, at);
        var readings = new List<ReleaseReading>();
        foreach (var release in seen.Values.OrderByDescending(release => release.FirstSeenAt).Take(MostReleases))
            if (at == present && release.Stage == ReleaseStage.Replaced)
                readings.Add(new ReleaseReading(release.Name, null, release.FirstSeenAt));
            else if (await AskAsync(new VerdictQuestion(app, release.Name, ReleaseKind.Version, at) { Filters = filters, CountsSilence = countsSilence }, seen, cancellationToken) is { } reading)
                readings.Add(reading);
        return readings;
    }

    private static Dictionary<string, ReleaseUse> SeenIn(InstallBase installed, DateTimeOffset at) =>
        installed.Releases.Where(release => release.FirstSeenAt <= at && release.LastSeenAt > at - Compared).ToDictionary(release => release.Name);

    /// <summary>The verdict, where the release came to its devices within the days of one, after its baseline; null otherwise.</summary>
    private async Task<ReleaseReading?> AskAsync(VerdictQuestion question, Dictionary<string, ReleaseUse> seen, CancellationToken cancellationToken)
    {
        if (await verdicts.ReadAsync(question, cancellationToken) is not { Answer: { } answer } || !seen.TryGetValue(answer.Verdict.Baseline, out var baseline))
            return null;
        var release = seen[question.Release];
        var isNews = release.FirstSeenAt >= question.Now - Compared || answer.From > question.Now - Compared;
        return isNews && release.FirstSeenAt > baseline.FirstSeenAt ? new ReleaseReading(question.Release, answer.Verdict, answer.From) : null;
    }

    private static DimensionFilter[] FiltersOf(AlertRule rule) =>
    [
        .. from filter in rule.Filter
           let dimension = RuleDimensions.OfFilter(filter)!
           select new DimensionFilter(dimension, filter[(dimension.Length + 1)..]),
        new DimensionFilter("environment", rule.Environment),
    ];
}
