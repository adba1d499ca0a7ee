using System.Diagnostics;

namespace SyncHealth.Host;

/// <summary>Tells a person what a start is busy with: one line a step, with the time since the beginning.</summary>
internal sealed class Progress(TextWriter output)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public void Step(string text) =>
        output.WriteLine($"[{Stopwatch.GetElapsedTime(_start).TotalSeconds,5:0.0} s] {text} …");

    public void Say(string text) => output.WriteLine(text);
}
