namespace SyncHealth.Ingest.ServerLog;

/// <summary>A part of a server's log as its body says it.</summary>
internal sealed class DecodedServerLog
{
    /// <summary>Name of the app; empty when the body names none.</summary>
    public string App { get; set; } = "";

    /// <summary>The contacts, in the order of the body.</summary>
    public List<DecodedContact> Contacts { get; } = [];
}
