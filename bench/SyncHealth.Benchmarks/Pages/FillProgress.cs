using System.Globalization;

namespace SyncHealth.Benchmarks.Pages;

/// <summary>Says what filling has done so far and how long it took: it takes minutes, and nobody should have to wonder.</summary>
internal sealed class FillProgress(TextWriter output)
{
    public Task SayAsync(string text) => output.WriteLineAsync($"  … {text}");

    /// <summary>Says what a step has done when it is done.</summary>
    public async Task StepAsync(string done, Func<Task> step)
    {
        var start = TimeProvider.System.GetTimestamp();
        await step();
        await SayAsync(string.Create(CultureInfo.InvariantCulture, $"{done} ({TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s)"));
    }
}
