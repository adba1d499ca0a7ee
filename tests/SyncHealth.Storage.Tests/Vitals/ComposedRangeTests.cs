using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Whatever is asked of whatever mixture of folded, unfolded, late and corrected events: the answer equals a count by hand over all of them.</summary>
public sealed class ComposedRangeTests : IAsyncLifetime
{
    private const string Promoted = "tag:cohort";

    private static readonly VitalsCounts[] Counts =
        [VitalsCounts.Tallies, VitalsCounts.Outcomes, VitalsCounts.Durations, VitalsCounts.Conflicts, VitalsCounts.Volumes, VitalsCounts.Durations | VitalsCounts.Conflicts];

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Read_AnyQuestion_EqualsACountByHand()
    {
        var over = TimeSpan.FromDays(6);
        var attempts = await CommitAsync(over, 900);

        Check(over, 160, VitalsParts.Devices, query =>
        {
            var answer = _stage.ReadAsync(query).GetAwaiter().GetResult();
            var (from, to) = BruteForce.Bounds(query, Promoted);
            Assert.Equal((from, to), (answer.From, answer.To));
            Assert.Equal(BruteForce.Count(attempts, query, from, to), BruteForce.Lines(answer, query));
        });
    }

    [Fact]
    public async Task Read_SomeCounts_AreThoseOfTheWholeAnswer()
    {
        var over = TimeSpan.FromDays(6);
        await CommitAsync(over, 900);
        await _stage.PackAsync();

        Check(over, 80, VitalsParts.None, query =>
        {
            // Two dimensions and more are what tallies are for; SomeQuestions asks for one at least as often. Single ones in hours are what margins answer.
            foreach (var asked in new[] { query with { Step = null, By = [.. query.By.Append("app_version").Append("network").Distinct()] }, query, query with { Step = TimeSpan.FromHours(1), By = ["os"] } })
            {
                var whole = _stage.ReadAsync(asked).GetAwaiter().GetResult();
                foreach (var counts in Counts)
                    Assert.Equal(LinesOf(whole, counts), LinesOf(_stage.ReadAsync(asked with { Counts = counts }).GetAwaiter().GetResult(), counts));
            }
        });
    }

    [Fact]
    public async Task Read_BeyondRawEvents_RollupsKeepEveryCount()
    {
        var over = TimeSpan.FromDays(50);
        var attempts = await CommitAsync(over, 900);

        Check(over, 100, VitalsParts.None, query =>
        {
            // What arrived more than 30 days ago is kept by core dimensions only.
            if (query.Clock == VitalsClock.Arrival)
                return;
            var answer = _stage.ReadAsync(query).GetAwaiter().GetResult();
            var (from, to) = BruteForce.Bounds(query, Promoted);
            Assert.Equal((from, to), (answer.From, answer.To));
            Assert.Equal(BruteForce.Count(attempts, query, from, to), BruteForce.Lines(answer, query));
        });
    }

    [Fact]
    public async Task ReadErrorsAndConflicts_AnyQuestion_EqualACountByHand()
    {
        var over = TimeSpan.FromDays(50);
        var attempts = await CommitAsync(over, 900);
        var reader = new BreakdownReader(_stage.DataSource);

        Check(over, 100, VitalsParts.None, query =>
        {
            if (query.Clock == VitalsClock.Arrival)
                return;
            var (from, to) = BruteForce.SideBounds(query);
            var errors = reader.ReadErrorsAsync(query, CancellationToken.None).GetAwaiter().GetResult()!;
            var conflicts = reader.ReadConflictsAsync(query, CancellationToken.None).GetAwaiter().GetResult()!;
            Assert.Equal((from, to, from, to), (errors.From, errors.To, conflicts.From, conflicts.To));
            Assert.Equal(
                BruteForce.CountErrors(attempts, query, from, to),
                errors.Errors.Select(error => $"{KeyOf(query, error.By)}@{error.At:O} {error.Kind}/{error.Code} {error.Attempts}").Order(StringComparer.Ordinal));
            Assert.Equal(
                BruteForce.CountConflicts(attempts, query, from, to),
                conflicts.Conflicts.Select(way => $"{KeyOf(query, way.By)}@{way.At:O} {way.Entity}/{way.Kind}/{way.Strategy}/{way.Winner} {way.Conflicts} {way.Discarded}").Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public async Task ReadAllErrors_SeveralQuestions_AreWhatEachIsAlone()
    {
        var over = TimeSpan.FromDays(50);
        await CommitAsync(over, 900);
        var reader = new BreakdownReader(_stage.DataSource);

        Check(over, 30, VitalsParts.None, query =>
        {
            VitalsQuery[] queries = [query with { Step = null }, query, query with { By = [], Filters = [] }];
            var together = reader.ReadAllErrorsAsync(queries, CancellationToken.None).GetAwaiter().GetResult()!;
            Assert.Equal(
                queries.Select(one => LinesOf(reader.ReadErrorsAsync(one, CancellationToken.None).GetAwaiter().GetResult()!)),
                together.Select(LinesOf));
        });

        static string LinesOf(ErrorAnswer answer) => $"{answer.From:O} {answer.To:O} " + string.Join(
            '\n', answer.Errors.Select(error => $"{string.Join(',', error.By.Values)}@{error.At:O} {error.Kind}/{error.Code} {error.Attempts}"));
    }

    private static IEnumerable<string> LinesOf(VitalsAnswer answer, VitalsCounts counts) => answer.Groups.SelectMany(group => group.Points, (group, point) =>
        $"{string.Join(',', group.By.Values)} {point.At:O} {point.Attempts} {point.Successes} {point.Over60s} {point.ConflictedShare}"
        + (counts.HasFlag(VitalsCounts.Outcomes) ? $" {point.Partial} {point.Cancelled} {point.FirstTryRate} {point.Failures}" : "")
        + (counts.HasFlag(VitalsCounts.Durations) ? $" {point.SuccessDurationMs} {point.DurationMs}" : "")
        + (counts.HasFlag(VitalsCounts.Conflicts) ? $" {point.ConflictRate} {string.Join(',', point.Conflicts)} {point.DiscardedEdits}" : "")
        + (counts.HasFlag(VitalsCounts.Volumes) ? $" {point.Pushed} {point.Pulled} {point.BytesUp} {point.BytesDown}" : ""));

    private static string KeyOf(VitalsQuery query, IReadOnlyDictionary<string, string> by) => string.Join(',', query.By.Select(dimension => by[dimension]));

    /// <summary>Some folded, some pruned to hours, some waiting; the cohort promoted before the first of them.</summary>
    private async Task<IReadOnlyList<Attempt>> CommitAsync(TimeSpan over, int count)
    {
        await _stage.PromoteAsync("cohort", _stage.Now - over - TimeSpan.FromDays(2));
        var attempts = SomeAttempts.Before(_stage.Now, seed: 20261122, count, over);
        await _stage.CommitAsync(attempts.Take(count / 2));
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        await _stage.CommitAsync(attempts.Skip(count / 2).Take(count / 5));
        await _stage.FoldAsync();
        await _stage.CommitAsync(attempts.Skip((count / 2) + (count / 5)));
        return attempts;
    }

    private void Check(TimeSpan over, int questions, VitalsParts parts, Action<VitalsQuery> check) =>
        Prop.ForAll(SomeQuestions.Before(_stage.Now, over, parts).ToArbitrary(), check)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(questions).WithQuietOnSuccess(true));
}
