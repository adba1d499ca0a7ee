using System.Net;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Storage.Keys;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;
using Xunit;

namespace SyncHealth.Faults.Tests.Load;

/// <summary>F2: one app of ten sends twenty times its share. It is refused; the others are answered as if it were not there.</summary>
public sealed class NoisyNeighbourTests : IAsyncLifetime
{
    private const int Apps = 10;

    /// <summary>Twice what an app sends while it behaves: whoever behaves is never at its limit, however late the beats of a busy machine are.</summary>
    private const int EventsPerSecond = 100;

    private const double BatchesPerSecond = EventsPerSecond / 2.0 / Neighbours.BatchSize;
    private const double MinAccepted = 0.999;
    private const double MaxSlowdown = 2;

    /// <summary>Long enough for the abuser to use up what it had saved: ten seconds' worth of its limit.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    private TestDatabase _database = null!;
    private IngestProcess _ingest = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _ingest = new IngestProcess(_database.ConnectionString);
        await _ingest.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Post_OneAppSendsTwentyTimesItsShare_TheOthersAreAnsweredAsBefore()
    {
        var goal = new Goal("F2");
        var neighbours = new Neighbours(_ingest.Http, await CreateKeysAsync(), BatchesPerSecond);
        await neighbours.RunAsync(Round, isAbused: false);

        // Turn about, so that whatever else the machine does meets both.
        var (alone, beside) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < FaultScale.Of(test: 1, faults: 6, deep: 60); round++)
        {
            alone.AddRange(await neighbours.RunAsync(Round, isAbused: false));
            beside.AddRange(await neighbours.RunAsync(Round, isAbused: true));
        }

        var abuser = neighbours.Senders[0];
        var others = neighbours.Senders.Skip(1).ToArray();
        var faults = new FaultCounters();
        faults.Count(FaultKind.Abuse, abuser.Answers.GetValueOrDefault(HttpStatusCode.TooManyRequests));
        faults.Require(FaultCounters.Least, FaultKind.Abuse);
        Assert.Equal(0, abuser.RefusedWithoutRetryAfter);
        Assert.All(others, sender => Assert.Empty(sender.Answers.Keys.Except([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable])));
        foreach (var ledger in neighbours.Ledgers)
            Assert.Equal(OracleVerdict.Sound, await OracleJudge.JudgeAsync(ledger, _database.DataSource));

        var answers = others.SelectMany(sender => sender.Answers).Sum(answer => (double)answer.Value) + others.Sum(sender => sender.Unanswered);
        var accepted = others.Sum(sender => sender.Answers.GetValueOrDefault(HttpStatusCode.OK)) / answers;
        goal.Reached($"one of {Apps} apps at {Neighbours.AbuseFactor} times its share ({abuser.Describe()}): the others {accepted:0.0000} accepted, p99 {P99(beside).TotalMilliseconds:0} ms beside it, {P99(alone).TotalMilliseconds:0} ms without");
        if (!FaultScale.HoldsFigures)
            return;
        Assert.InRange(accepted, MinAccepted, 1);
        Assert.InRange(P99(beside), TimeSpan.Zero, MaxSlowdown * P99(alone));
    }

    private async Task<(string App, string Key)[]> CreateKeysAsync()
    {
        var keys = new KeyStore(_database.DataSource, TimeProvider.System, TimeProvider.System);
        var created = new (string, string)[Apps];
        for (var app = 0; app < Apps; app++)
            created[app] = ($"app-{app}", (await keys.CreateAsync(new NewKey($"app-{app}", "fleet") { EventsPerSecond = EventsPerSecond }, CancellationToken.None)).Text);
        return created;
    }

    private static TimeSpan P99(List<TimeSpan> times) => times.Order().ElementAt((int)Math.Ceiling(times.Count * 0.99) - 1);
}
