using Microsoft.AspNetCore.Components;

namespace SyncHealth.Dashboard.Tests.Pages;

/// <summary>An address that never changes.</summary>
internal sealed class FixedNavigation : NavigationManager
{
    public FixedNavigation() => Initialize("http://localhost/", "http://localhost/");
}
