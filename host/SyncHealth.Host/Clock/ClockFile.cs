using System.Globalization;

namespace SyncHealth.Host.Clock;

/// <summary>Where an accelerated run ended, so that the next run of the same data folder goes on from there.</summary>
internal sealed class ClockFile(string path)
{
    /// <summary>A busy machine lets two ticks of the timer overlap; the second must not move the first one's file away.</summary>
    private readonly Lock _writing = new();

    public DateTimeOffset? Read() =>
        File.Exists(path) && DateTimeOffset.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            ? at
            : null;

    public void Write(DateTimeOffset at)
    {
        lock (_writing)
        {
            var next = path + ".next";
            File.WriteAllText(next, at.ToString("O", CultureInfo.InvariantCulture));
            File.Move(next, path, overwrite: true);
        }
    }
}
