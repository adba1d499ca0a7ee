using SyncHealth.Dashboard.Live;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Dashboard.Setup;

/// <summary>Who may send, what apps have of their own, and who may look.</summary>
/// <param name="Keys">Ingest keys, those that can write first, then oldest first.</param>
/// <param name="Apps">Known apps by name.</param>
/// <param name="People">Accounts by name.</param>
/// <param name="Invitations">One-time links that were not used.</param>
public sealed record SetupView(
    PageFrame Frame, IReadOnlyList<IngestKey> Keys, IReadOnlyList<AppLine> Apps, IReadOnlyList<Account> People, IReadOnlyList<Invitation> Invitations) : IPageView;
