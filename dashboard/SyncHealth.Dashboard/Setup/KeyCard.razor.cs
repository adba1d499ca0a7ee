using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Access;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Dashboard.Setup;

/// <summary>Ingest keys: make, rotate, pause, revoke.</summary>
public sealed partial class KeyCard(SetupActions actions, Viewer viewer)
{
    private SetupChange? _last;
    private bool _withRevoked;
    private string? _app;
    private string? _label;
    private string? _origins;
    private IngestKey? _edited;
    private string? _editedOrigins;

    [Parameter, EditorRequired]
    public IReadOnlyList<IngestKey> Keys { get; set; } = [];

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public ViewerClock Clock { get; set; } = ViewerClock.Utc;

    /// <summary>Something was changed: the page should ask again.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    private List<IngestKey> Shown => [.. Keys.Where(key => _withRevoked || key.RevokedAt is null)];

    private static string StateOf(IngestKey key) => key switch { { RevokedAt: not null } => "revoked", { PausedAt: not null } => "paused", _ => "live" };

    private static Band BandOf(IngestKey key) => key switch { { RevokedAt: not null } => Band.NoData, { PausedAt: not null } => Band.NeedsAttention, _ => Band.Good };

    private async Task CreateAsync()
    {
        await DoAsync(() => actions.CreateKeyAsync(viewer, _app, _label, _origins));
        if (_last is { Problem: null })
            (_app, _label, _origins) = (null, null, null);
    }

    private void Edit(IngestKey key) => (_edited, _editedOrigins) = (key, string.Join('\n', key.AllowedOrigins));

    private async Task SaveOriginsAsync(IngestKey key)
    {
        await DoAsync(() => actions.SetOriginsAsync(viewer, key, _editedOrigins));
        if (_last is { Problem: null })
            _edited = null;
    }

    private async Task DoAsync(Func<Task<SetupChange>> change)
    {
        _last = await change();
        await OnChange.InvokeAsync();
    }
}
