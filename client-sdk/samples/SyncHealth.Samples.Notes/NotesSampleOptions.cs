namespace SyncHealth.Samples.Notes;

/// <summary>Where the phones of the sample sync and report.</summary>
public sealed class NotesSampleOptions
{
    /// <summary>Base address of ingest and of the notes server, asked when a phone is taken up: a test learns its port late. Required.</summary>
    public required Func<Uri> Platform { get; init; }

    /// <summary>Path of the notes server below <see cref="Platform"/>. Default: <c>notes</c>.</summary>
    public string NotesPath { get; init; } = "notes";

    /// <summary>Ingest key. Default: <c>demo</c>, which takes any app.</summary>
    public string Key { get; init; } = "demo";

    /// <summary>Folder of the phones' databases; emptied when the first phone is taken up. Required.</summary>
    public required string DataFolder { get; init; }

    /// <summary>How fast the shared clock runs at this moment, so that a phone waits as long as a person would. Default: 1.</summary>
    public Func<double> Speed { get; init; } = static () => 1;
}
