using System.Globalization;
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
        "answer lost", "arrived twice or late", "clock set", "crash", "crash in a cycle", "partition", "request lost", "server down or up", "tombstones forgotten",
    ];

    private static int _runs;

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
            if (Run(schedule, PlantedBug.None, faults) is { } complaint)
                Assert.Fail(Keep(schedule, complaint));
        });

        Assert.All(Faults, fault => Assert.True(faults.Struck.GetValueOrDefault(fault) >= FaultCounters.Least, $"'{fault}' struck too seldom: {faults}"));
        goal.Reached($"{seeds} simulated worlds converged within three rounds and accounted for every edit; {faults}");
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void Schedule_ThatOnceFailed_Holds(string file) =>
        Assert.Null(Run(Schedule.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Simulation", "Kept", file))), PlantedBug.None, new FaultTally()));

    /// <summary>Goal H3.</summary>
    [Fact]
    public void SameSeed_RunsTheSame()
    {
        for (var seed = 1; seed <= 20; seed++)
            Assert.Equal(TraceOf(Schedule.Of(seed)), TraceOf(Schedule.Of(seed)));
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

    private static string? Run(Schedule schedule, PlantedBug bug, FaultTally faults)
    {
        using var world = new World(schedule, bug, NextRun());
        try
        {
            world.Run();
            return null;
        }
        catch (SimulationException failure)
        {
            return failure.Message;
        }
        finally
        {
            lock (faults)
                faults.Add(world.Faults);
        }
    }

    private static string TraceOf(Schedule schedule)
    {
        using var world = new World(schedule, PlantedBug.None, NextRun());
        world.Run();
        return world.Trace;
    }

    private static string Keep(Schedule schedule, string complaint)
    {
        var shortest = schedule.Shrink(candidate => Run(candidate, PlantedBug.None, new FaultTally()) is not null);
        var file = Path.Combine(
            Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "simulations")).FullName,
            schedule.Seed.ToString(CultureInfo.InvariantCulture) + ".txt");
        File.WriteAllText(file, shortest.ToString());
        return $"Seed {schedule.Seed}: {complaint}\nShrunk to {shortest.Steps.Count} steps, kept in {file}:\n{shortest}\n{Run(shortest, PlantedBug.None, new FaultTally())}";
    }

    /// <summary>Databases in memory are shared by name over the whole process.</summary>
    private static string NextRun() => string.Create(CultureInfo.InvariantCulture, $"world{Interlocked.Increment(ref _runs)}");
}
