using System.Globalization;

namespace SyncHealth.Host.Clock;

/// <summary>Where an accelerated run ended, so that the next run of the same data folder goes on from there.</summary>
internal sealed class ClockFile(string path)
{
    public DateTimeOffset? Read() =>
        File.Exists(path) && DateTimeOffset.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            ? at
            : null;

    public void Write(DateTimeOffset at)
    {
        var next = path + ".next";
        File.WriteAllText(next, at.ToString("O", CultureInfo.InvariantCulture));
        File.Move(next, path, overwrite: true);
    }
}
