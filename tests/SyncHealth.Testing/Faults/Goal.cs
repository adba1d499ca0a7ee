using System.Globalization;

namespace SyncHealth.Testing.Faults;

/// <summary>One goal of the reliability list while its suite runs. What it reached is one line, which <c>./synchealth test</c> shows.</summary>
/// <param name="name">Number of the goal, such as <c>A5</c>.</param>
public sealed class Goal(string name)
{
    /// <summary>How such a line begins.</summary>
    public const string Prefix = "[goal ";

    private const int ProgressLines = 20;

    /// <summary>Parts from which a run is long enough to say how far it is.</summary>
    private const int LongRun = 100;

    private int _done;

    private readonly long _start = TimeProvider.System.GetTimestamp();

    /// <summary>Real time since the suite began.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    /// <summary>Says after every twentieth how far a long run is; called once for each of its parts, from any thread.</summary>
    /// <param name="parts">Of how many.</param>
    public void Step(int parts)
    {
        var done = Interlocked.Increment(ref _done);
        if (parts >= LongRun && done % (parts / ProgressLines) == 0)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {done:N0} of {parts:N0} after {Elapsed.TotalSeconds:N0} s"));
    }

    /// <summary>Says the figure reached. Called when everything has been asserted.</summary>
    public void Reached(string figure) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}{name}] {figure} (scale {FaultScale.Name}, seed {FaultScale.Seed}, {Elapsed.TotalSeconds:0.0} s)"));
}
