using System.Globalization;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>A whole simulated life, as data: the same schedule always runs the same.</summary>
/// <param name="Seed">Of the network's chances and the replicas' ids.</param>
/// <param name="Replicas">How many, from 2 to 5.</param>
/// <param name="IsMerging">Notes merge field by field; else the last write wins.</param>
/// <param name="Delta">How replicas ask for what is new.</param>
/// <param name="Steps">What happens, in order.</param>
internal sealed record Schedule(int Seed, int Replicas, bool IsMerging, DeltaStrategy Delta, IReadOnlyList<SimulationStep> Steps)
{
    private const int LongestWaitMillis = 20_000;
    private const int ShortWaitMillis = 4_000;
    private const int CrashOutOf = 8;

    /// <summary>How often each kind comes, among the sum of all.</summary>
    private static readonly (StepKind Kind, int Weight)[] Weights =
    [
        (StepKind.Create, 6), (StepKind.Update, 14), (StepKind.UpdateBody, 8), (StepKind.Delete, 4), (StepKind.AddToList, 5), (StepKind.RemoveFromList, 4),
        (StepKind.CountUp, 5), (StepKind.AddJob, 4), (StepKind.EditJob, 3), (StepKind.AddTask, 4), (StepKind.AddPhoto, 5), (StepKind.Meter, 4), (StepKind.Sync, 30), (StepKind.Partition, 6), (StepKind.Crash, 6), (StepKind.SetClock, 4), (StepKind.Purge, 2), (StepKind.Outage, 3),
    ];

    public static Schedule Of(int seed)
    {
        var random = new Random(seed);
        var replicas = random.Next(2, 6);
        var isMerging = random.Next(2) == 0;
        var delta = random.Next(4) == 0 ? DeltaStrategy.VersionMap : DeltaStrategy.Token;
        var steps = new SimulationStep[random.Next(20, 70)];
        for (var index = 0; index < steps.Length; index++)
        {
            // A crash finds most apps idle; these find them in the middle of a cycle.
            steps[index] = index > 0 && steps[index - 1] is { Kind: StepKind.Sync } sync && random.Next(CrashOutOf) == 0
                ? new SimulationStep(StepKind.Crash, sync.Replica, 0, random.Next(ShortWaitMillis))
                : new SimulationStep(Draw(random), random.Next(replicas), random.Next(1000), random.Next(LongestWaitMillis));
        }

        return new Schedule(seed, replicas, isMerging, delta, steps);
    }

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static Schedule Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var head = lines[0].Split(' ');
        return new Schedule(
            int.Parse(head[0], CultureInfo.InvariantCulture),
            int.Parse(head[1], CultureInfo.InvariantCulture),
            bool.Parse(head[2]),
            Enum.Parse<DeltaStrategy>(head[3]),
            [.. lines.Skip(1).Select(SimulationStep.Parse)]);
    }

    public override string ToString() => string.Join(
        '\n', Steps.Select(step => step.ToString()).Prepend(string.Create(CultureInfo.InvariantCulture, $"{Seed} {Replicas} {IsMerging} {Delta}")));

    /// <summary>The shortest schedule found that still fails.</summary>
    public Schedule Shrink(Func<Schedule, bool> fails)
    {
        var shortest = this;
        for (var size = Steps.Count / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= shortest.Steps.Count;)
            {
                var candidate = shortest with { Steps = [.. shortest.Steps.Take(start), .. shortest.Steps.Skip(start + size)] };
                if (fails(candidate))
                    shortest = candidate;
                else
                    start += size;
            }
        }

        return shortest;
    }

    private static StepKind Draw(Random random)
    {
        var left = random.Next(Weights.Sum(pair => pair.Weight));
        foreach (var (kind, weight) in Weights)
        {
            left -= weight;
            if (left < 0)
                return kind;
        }

        return StepKind.Sync;
    }
}
