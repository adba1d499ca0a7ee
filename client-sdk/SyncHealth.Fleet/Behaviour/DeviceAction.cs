namespace SyncHealth.Fleet.Behaviour;

/// <summary>What a person does with the app.</summary>
internal enum DeviceAction
{
    /// <summary>Opens it.</summary>
    Open,

    /// <summary>Writes a note.</summary>
    Create,

    /// <summary>Changes a recent note.</summary>
    Update,

    /// <summary>Deletes a recent note.</summary>
    Delete,

    /// <summary>Pulls to refresh.</summary>
    Refresh,

    /// <summary>Imports a long list.</summary>
    Import,

    /// <summary>Takes a picture of what was worked on.</summary>
    Photo,
}
