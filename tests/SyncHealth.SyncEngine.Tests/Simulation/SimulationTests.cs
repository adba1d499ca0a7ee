using System.Globalization;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>
/// Goal E1: thousands of lives of two to five replicas and a server, each from one seed, in one thread, on virtual time. A seed that fails is shrunk,
/// printed, and kept in the folder <c>simulations</c> beside the test program; put that file into <c>Simulation/Kept</c>, and it runs for ever.
/// </summary>
public sealed class SimulationTests
{
    private static readonly string[] Faults =
    [
        "answer lost", "arrived twice or late", "clock set", "crash", "crash in a cycle", "network costs something or nothing", "partition", "refused for good",
        "request lost", "server down or up", "tombstones forgotten",
    ];

    /// <summary>
    /// Every so many seeds run on SQLite, the others on objects in memory: both behind the same contract. A world on SQLite takes many times as long, and what is
    /// looked for among a million is in the engine.
    /// </summary>
    private static readonly int SqliteOutOf = FaultScale.Of(test: 8, faults: 8, deep: 100);

    public static TheoryData<string> Kept =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Simulation", "Kept"), "*.txt").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Seeds_WithEveryFault_ConvergeAndLoseNothingSilently()
    {
        var goal = new Goal("E1");
        var faults = new FaultTally();
        var seeds = FaultScale.Of(test: 60, faults: 20_000, deep: 1_000_000);
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = FaultScale.HoldsFigures ? Environment.ProcessorCount : 1 }, index =>
        {
            var schedule = Schedule.Of(FaultScale.Seed * 1_000_000 + index);
            var store = index % SqliteOutOf == 0 ? StoreKind.Sqlite : StoreKind.InMemory;
            if (Run(schedule, PlantedBug.None, faults, store) is { } complaint)
                Assert.Fail(Keep(schedule, store, complaint));
            goal.Step(seeds);
        });

        Assert.All(Faults, fault => Assert.True(faults.Struck.GetValueOrDefault(fault) >= FaultCounters.Least, $"'{fault}' struck too seldom: {faults}"));
        goal.Reached($"{seeds} simulated worlds converged within three rounds and accounted for every edit; {faults}");
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void Schedule_ThatOnceFailed_Holds(string file)
    {
        var schedule = Schedule.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Simulation", "Kept", file)));
        Assert.All(Enum.GetValues<StoreKind>(), store => Assert.Null(Run(schedule, PlantedBug.None, new FaultTally(), store)));
    }

    /// <summary>Goal H3.</summary>
    [Fact]
    public void SameSeed_RunsTheSame()
    {
        for (var seed = 1; seed <= 20; seed++)
            Assert.Equal(TraceOf(Schedule.Of(seed)), TraceOf(Schedule.Of(seed)));
    }

    /// <summary>The engine cannot tell the stores apart: the same life, step by step, on either.</summary>
    [Fact]
    public void SameSeed_OnEitherStore_RunsTheSame()
    {
        for (var seed = 1; seed <= 10; seed++)
            Assert.Equal(TraceOf(Schedule.Of(seed), StoreKind.Sqlite), TraceOf(Schedule.Of(seed), StoreKind.InMemory));
    }

    /// <summary>Goal H1: the checker finds what a server may do wrong.</summary>
    [Theory]
    [InlineData(PlantedBug.ForgetsKeys)]
    [InlineData(PlantedBug.SkipsARow)]
    [InlineData(PlantedBug.WritesBlindly)]
    public void PlantedBug_IsFoundAndShrunk(PlantedBug bug)
    {
        var failing = Enumerable.Range(1, 300).Select(Schedule.Of).FirstOrDefault(schedule => Run(schedule, bug, new FaultTally()) is not null);

        Assert.NotNull(failing);
        var shortest = failing.Shrink(candidate => Run(candidate, bug, new FaultTally()) is not null);
        Assert.True(shortest.Steps.Count <= failing.Steps.Count);
        Assert.NotNull(Run(shortest, bug, new FaultTally()));
        Assert.Null(Run(shortest, PlantedBug.None, new FaultTally()));
    }

    [Fact]
    public void Schedule_SurvivesItsText() => Assert.Equal(Schedule.Of(7).ToString(), Schedule.Parse(Schedule.Of(7).ToString()).ToString());

    private static string? Run(Schedule schedule, PlantedBug bug, FaultTally faults, StoreKind store = StoreKind.InMemory)
    {
        using var world = new World(schedule, bug, store);
        try
        {
            world.Run();
            return null;
        }
        catch (SimulationException failure)
        {
            return failure.Message;
        }
        catch (Exception failure) when (bug == PlantedBug.None)
        {
            // A defect of the engine or of the simulation itself: it has a seed as well.
            return failure.ToString();
        }
        finally
        {
            lock (faults)
                faults.Add(world.Faults);
        }
    }

    private static string TraceOf(Schedule schedule, StoreKind store = StoreKind.InMemory)
    {
        using var world = new World(schedule, PlantedBug.None, store);
        world.Run();
        return world.Trace;
    }

    private static string Keep(Schedule schedule, StoreKind store, string complaint)
    {
        var shortest = schedule.Shrink(candidate => Run(candidate, PlantedBug.None, new FaultTally(), store) is not null);
        var file = Path.Combine(
            Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "simulations")).FullName,
            schedule.Seed.ToString(CultureInfo.InvariantCulture) + ".txt");
        File.WriteAllText(file, shortest.ToString());
        return $"Seed {schedule.Seed} on {store}: {complaint}\nShrunk to {shortest.Steps.Count} steps, kept in {file}:\n{shortest}\n{Run(shortest, PlantedBug.None, new FaultTally(), store)}";
    }
}
