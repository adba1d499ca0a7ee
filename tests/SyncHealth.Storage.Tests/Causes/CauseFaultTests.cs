using SyncHealth.Contracts;
using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Storage.Tests.Causes;

/// <summary>Faults put into fleets whose truth is known, from events over rollups to the name; and fleets into which none was put.</summary>
public sealed class CauseFaultTests : IAsyncLifetime
{
    /// <summary>Devices of each finest segment: every one of them can be blamed, by a third more devices than the least.</summary>
    private const int DevicesOfASegment = 40;

    /// <summary>Attempts of a device in each of the two periods.</summary>
    private const int AttemptsOfADevice = 6;

    /// <summary>What a fault costs at least: 40 devices of 6 attempts, of which some fail anyhow, cannot show less beyond doubt (from 20 points on, 190 of 200 are named).</summary>
    private const double LeastLoss = 0.25;

    /// <summary>The specification's figures: faults among which the right segment comes first and among the first three, and windows without a fault in which one is named.</summary>
    private const double First = 0.80;
    private const double AmongThree = 0.95;
    private const double FalseNames = 0.05;

    private static readonly (string Name, string[] Values)[] Dimensions =
        [("app_version", ["2.3.2", "2.4.1", "2.5.0"]), ("os", ["android", "ios"]), ("network", ["wifi", "cellular", "ethernet"])];

    private static readonly DateTimeOffset Drop = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private VitalsStage _stage = null!;
    private long _lastDevice;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Read_InjectedFaults_NamesTheRightSegment()
    {
        var goal = new Goal("cause, faults");
        var runs = FaultScale.Of(test: 12, faults: 200, deep: 1000);
        int first = 0, amongThree = 0;
        for (var run = 0; run < runs; run++)
        {
            var random = new Random(FaultScale.Seed + run);
            var fault = FaultOf(random, dimensions: 1 + (run % Dimensions.Length));
            var named = (await ExplainAsync($"fault {run}", random, fault, loss: LeastLoss + (0.3 * random.NextDouble()))).Causes.Select(cause => cause.Segment.Where.ToHashSet()).ToArray();
            first += named.Length > 0 && named[0].SetEquals(fault) ? 1 : 0;
            amongThree += named.Any(name => name.SetEquals(fault)) ? 1 : 0;
        }

        Assert.InRange(first, First * runs, runs);
        Assert.InRange(amongThree, Math.Floor(AmongThree * runs), runs);
        goal.Reached($"right first {first} of {runs}, among three {amongThree}");
    }

    [Fact]
    public async Task Read_NothingHappened_NamesNothing()
    {
        var goal = new Goal("cause, no fault");
        var runs = FaultScale.Of(test: 12, faults: 200, deep: 1000);
        var named = 0;
        for (var run = 0; run < runs; run++)
            named += (await ExplainAsync($"calm {run}", new Random(FaultScale.Seed + 10_000 + run), [], loss: 0)).Causes.Count > 0 ? 1 : 0;

        Assert.InRange(named, 0, Math.Ceiling(FalseNames * runs));
        goal.Reached($"a cause in {named} of {runs}");
    }

    private static DimensionValue[] FaultOf(Random random, int dimensions) =>
        [.. Dimensions.OrderBy(_ => random.Next()).Take(dimensions).Select(dimension => new DimensionValue(dimension.Name, dimension.Values[random.Next(dimension.Values.Length)]))];

    private async Task<Explanation> ExplainAsync(string app, Random random, DimensionValue[] fault, double loss)
    {
        await _stage.CommitAsync(Attempts(app, random, fault, loss));
        await _stage.FoldAsync();
        var query = new CauseQuery { App = app, BeforeFrom = Drop.AddHours(-1), BeforeTo = Drop, From = Drop, To = Drop.AddHours(1), Now = _stage.Now };
        return (await new CauseReader(_stage.DataSource).ReadAsync(query, TestContext.Current.CancellationToken))!.Explanation;
    }

    /// <summary>An hour before and an hour after; every device fails a little more or less often than its segment does, so that its attempts are not independent.</summary>
    private IEnumerable<Attempt> Attempts(string app, Random random, DimensionValue[] fault, double loss)
    {
        foreach (var version in Dimensions[0].Values)
            foreach (var os in Dimensions[1].Values)
                foreach (var network in Dimensions[2].Values)
                {
                    DimensionValue[] where = [new("app_version", version), new("os", os), new("network", network)];
                    var rate = network == "cellular" ? 0.07 : 0.03;
                    var after = fault.Length > 0 && fault.All(where.Contains) ? rate + loss : rate;
                    for (var device = 0; device < DevicesOfASegment; device++)
                    {
                        var (key, own) = (++_lastDevice * 0x1F3D5B79A1C3E5, 2 * random.NextDouble());
                        for (var attempt = 0; attempt < 2 * AttemptsOfADevice; attempt++)
                        {
                            var isAfter = attempt >= AttemptsOfADevice;
                            yield return new Attempt(Drop.AddMinutes((isAfter ? 0 : -60) + random.Next(60)))
                            {
                                App = app, Device = key, Version = version, Os = os, Network = network, Received = _stage.Now,
                                Outcome = random.NextDouble() < own * (isAfter ? after : rate) ? SyncOutcome.Failure : SyncOutcome.Success, Error = SyncErrorKind.Server, Code = "http_503",
                            };
                        }
                    }
                }
    }
}
