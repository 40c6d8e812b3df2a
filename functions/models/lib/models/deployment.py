"""From a model's definition to the specification of its stack. Pure."""

from model_stack import (
    BalancerHealthCheck,
    Capacity,
    ContainerHealthCheck,
    Deployment,
    Metric,
    ModelStackSpec,
)
from models.hosting import AutoScalingConfig, ContainerConfig, LoadBalancerConfig
from models.instances import INSTANCES
from models.model import Model

# The ECS agent, the container runtime and the system need memory of their own (MiB).
_SYSTEM_MEMORY = 1024


def specification(model: Model, deployment: Deployment) -> ModelStackSpec:
    """Return what the model's stack is to be. The model must be a hosted one."""
    config = model.config
    container, scaling, balancer = (
        config.container_config,
        config.auto_scaling_config,
        config.load_balancer_config,
    )
    if not (
        container and scaling and balancer and config.instance_type and config.inference_container
    ):
        raise ValueError(f"model {model.model_id} is external and needs no stack")
    instance = INSTANCES[config.instance_type]
    return ModelStackSpec(
        model_id=model.model_id,
        model_name=config.model_name,
        model_type=config.model_type,
        image=container.image.base_image,
        image_type=container.image.type,
        inference_container=config.inference_container,
        instance_type=config.instance_type,
        memory_reservation_mib=instance.memory_gib * 1024 * 9 // 10 - _SYSTEM_MEMORY,
        gpu_count=instance.gpus,
        shared_memory_mib=container.shared_memory_size,
        environment=container.environment,
        capacity=_capacity(scaling),
        metric=_metric(scaling),
        container_health_check=_container_check(container),
        alb_health_check=_balancer_check(balancer),
        deployment=deployment,
    )


def _capacity(scaling: AutoScalingConfig) -> Capacity:
    return Capacity(
        minimum=scaling.min_capacity,
        maximum=scaling.max_capacity,
        desired=scaling.desired_capacity,
        cooldown=scaling.cooldown,
        instance_warmup=scaling.default_instance_warmup,
        volume_gib=scaling.block_device_volume_size,
    )


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
