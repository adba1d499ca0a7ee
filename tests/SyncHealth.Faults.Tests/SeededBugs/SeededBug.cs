using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SyncHealth.Faults.Tests.SeededBugs;

/// <summary>A mistake that somebody could make, put into a stage to see that the suites find it. Lives in tests only.</summary>
internal record SeededBug(string Name)
{
    public static SeededBug None { get; } = new("none");

    /// <summary>Registers what replaces or wraps the right thing; called before the product registers its own.</summary>
    public virtual void Plant(IServiceCollection services)
    {
    }

    /// <summary>Puts what spoils requests or answers before the product's routes.</summary>
    public virtual void Plant(WebApplication app)
    {
    }

    public sealed override string ToString() => Name;
}
