using SyncHealth.Storage.Writes;

namespace SyncHealth.Storage.ServerLog;

/// <summary>How writing a part of a server's log ended.</summary>
/// <param name="Status">Only <see cref="WriteStatus.Committed"/> may be acknowledged.</param>
/// <param name="Erased">Positions of contacts that were refused, because the data of their device was erased here.</param>
public sealed record ServerLogReceipt(WriteStatus Status, IReadOnlyList<int> Erased);
