namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>What can happen in a simulated world.</summary>
internal enum StepKind
{
    /// <summary>A replica adds a note.</summary>
    Create,

    /// <summary>A replica changes the title of a note.</summary>
    Update,

    /// <summary>A replica changes the body of a note.</summary>
    UpdateBody,

    /// <summary>A replica deletes a note.</summary>
    Delete,

    /// <summary>A replica adds to the shared list.</summary>
    AddToList,

    /// <summary>A replica removes from the shared list.</summary>
    RemoveFromList,

    /// <summary>A replica counts.</summary>
    CountUp,

    /// <summary>A replica adds a job, one of three such that the server refuses it for good.</summary>
    AddJob,

    /// <summary>A replica changes the title of a job: one that was refused is sent anew.</summary>
    EditJob,

    /// <summary>A replica adds a task, which builds upon a job.</summary>
    AddTask,

    /// <summary>A replica adds a photo, which is bulk and builds upon a task.</summary>
    AddPhoto,

    /// <summary>A replica syncs, unless it is at it.</summary>
    Sync,

    /// <summary>A replica's network goes, or comes back.</summary>
    Partition,

    /// <summary>A replica's network costs something from now on, or nothing any more.</summary>
    Meter,

    /// <summary>A replica's app dies, in the middle of whatever it does, and starts again.</summary>
    Crash,

    /// <summary>A replica's clock is set, up to ten years off either way.</summary>
    SetClock,

    /// <summary>The server forgets its tombstones.</summary>
    Purge,

    /// <summary>The server refuses everything, or serves again.</summary>
    Outage,
}
