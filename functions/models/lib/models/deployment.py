"""From a model's definition to the specification of its stack. Pure."""

from definition.hosting import AutoScalingConfig, ContainerConfig, LoadBalancerConfig
from model_stack import (
    BalancerHealthCheck,
    Capacity,
    ContainerHealthCheck,
    Deployment,
    Metric,
    ModelStackSpec,
)
from models.model import Shape
from planning.instances import INSTANCES

# The ECS agent, the container runtime and the system need memory of their own (MiB).
_SYSTEM_MEMORY = 1024


def _room(memory_gib: int) -> int:
    return memory_gib * 1024 * 9 // 10 - _SYSTEM_MEMORY


def specification(shape: Shape, deployment: Deployment) -> ModelStackSpec:
    """Return what the stack of a hosted model is to be; ValueError for an external one."""
    config = shape.config
    container, scaling, balancer = (
        config.container_config,
        config.auto_scaling_config,
        config.load_balancer_config,
    )
    server, instance_type = config.inference_container, config.instance_type
    if not (container and scaling and balancer and server and instance_type):
        raise ValueError(f"model {config.model_id} is external and needs no stack")
    instance = INSTANCES[instance_type]
    return ModelStackSpec(
        model_id=config.model_id,
        model_name=config.model_name,
        model_type=config.model_type,
        image=container.image.base_image,
        image_type=container.image.type,
        inference_container=server,
        instance_type=instance_type,
        memory_reservation_mib=container.memory_reservation or _room(instance.memory_gib),
        gpu_count=instance.gpus,
        shared_memory_mib=container.shared_memory_size,
        environment=container.environment,
        capacity=_capacity(scaling, shape.servers),
        metric=_metric(scaling),
        container_health_check=_container_check(container),
        alb_health_check=_balancer_check(balancer),
        serving=shape.serving,
        deployment=deployment,
    )


def _capacity(scaling: AutoScalingConfig, servers: int | None) -> Capacity:
    capacity = Capacity(
        minimum=scaling.min_capacity,
        maximum=scaling.max_capacity,
        desired=scaling.desired_capacity,
        cooldown=scaling.cooldown,
        instance_warmup=scaling.default_instance_warmup,
        volume_gib=scaling.block_device_volume_size,
    )
    return capacity.keeping(servers) if servers else capacity


def _metric(scaling: AutoScalingConfig) -> Metric:
    metric = scaling.metric_config
    return Metric(
        name=metric.alb_metric_name,
        target=metric.target_value,
        duration=metric.duration,
        estimated_instance_warmup=metric.estimated_instance_warmup,
    )


def _container_check(container: ContainerConfig) -> ContainerHealthCheck:
    check = container.health_check_config
    return ContainerHealthCheck(
        command=check.command if isinstance(check.command, str) else tuple(check.command),
        interval=check.interval,
        start_period=check.start_period,
        timeout=check.timeout,
        retries=check.retries,
    )


def _balancer_check(balancer: LoadBalancerConfig) -> BalancerHealthCheck:
    check = balancer.health_check_config
    return BalancerHealthCheck(
        path=check.path,
        interval=check.interval,
        timeout=check.timeout,
        healthy_threshold=check.healthy_threshold_count,
        unhealthy_threshold=check.unhealthy_threshold_count,
    )
