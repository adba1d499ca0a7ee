using Microsoft.AspNetCore.Components;
using SyncHealth.SyncEngine;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>The one word about the data on the screen.</summary>
public sealed partial class StateBadge
{
    [Parameter, EditorRequired]
    public DataState State { get; set; }

    /// <summary>Changes that wait to be sent.</summary>
    [Parameter]
    public int Waiting { get; set; }

    private string Kind => State switch
    {
        DataState.Synced => "synced",
        DataState.Syncing => "syncing",
        DataState.LocalChangesPending => "pending",
        _ => "stale",
    };
}
